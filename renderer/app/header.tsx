import { ActionIcon, Button, Group, Kbd, Menu, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconKeyboard, IconPalette, IconSearch } from '@tabler/icons-react'
import { themes } from '../../contract/index.ts'
import { modKey } from '../lib/mod-key.ts'
import { useHost } from '../stores/host.ts'
import type { HostLink } from '../stores/host.ts'
import { setTheme, useTheme } from '../stores/theme.ts'
import { useUi } from '../stores/ui.ts'
import { t } from '../text/index.ts'
import { StateMark } from '../ui/state-mark.tsx'
import type { Tone } from '../ui/tone.ts'
import { tell } from '../ui/tell.ts'
import { RunningJobs } from './running-jobs.tsx'

const linkTones: Readonly<Record<HostLink, Tone>> = {
  connecting: 'active',
  loading: 'active',
  live: 'ok',
  lost: 'problem',
  failed: 'problem',
}

export function Header({ isSmall }: { readonly isSmall: boolean }) {
  const link = useHost((state) => state.link)
  const isClosing = useHost((state) => state.isClosing)
  return (
    <Group h="100%" px="md" gap="sm" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap">
        <img src="./icon.svg" width={24} height={24} alt="" />
        {!isSmall && (
          <Text fw={650} className="ellipsis">
            {t('shell.product')}
          </Text>
        )}
        <StateMark
          tone={isClosing ? 'warning' : linkTones[link]}
          label={isClosing ? t('shell.link.closing') : t(`shell.link.${link}`)}
        />
      </Group>
      <Group gap="xs" wrap="nowrap">
        <RunningJobs />
        <UnstyledButton
          className="surface"
          px="sm"
          py={5}
          onClick={spotlight.open}
          aria-keyshortcuts="Control+K Meta+K"
        >
          <Group gap="xs" wrap="nowrap">
            <IconSearch size={15} aria-hidden />
            <Text size="sm" c="dimmed">
              {t('shell.search')}
            </Text>
            <Kbd size="xs">{`${modKey(navigator.platform)} K`}</Kbd>
          </Group>
        </UnstyledButton>
        <ThemeMenu />
        <Tooltip label={t('shell.shortcuts.open')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('shell.shortcuts.open')}
            onClick={() => useUi.setState({ areShortcutsShown: true })}
          >
            <IconKeyboard size={19} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Group>
  )
}

function ThemeMenu() {
  const chosen = useTheme((state) => state.theme)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-md" px={8} aria-label={t('shell.theme.label')}>
          <IconPalette size={19} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.theme.label')}</Menu.Label>
        <Menu.RadioGroup
          value={chosen}
          onChange={(value) => void tell(setTheme(themes.find((theme) => theme === value) ?? 'system'))}
        >
          {themes.map((theme) => (
            <Menu.RadioItem key={theme} value={theme}>
              {t(`shell.theme.${theme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
