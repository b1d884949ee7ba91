import { ActionIcon, Box, NavLink, Stack, Tooltip } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { hashOf, setNavigationNarrow } from '../stores/ui.ts'
import { t } from '../text/index.ts'
import { screens } from './screens.ts'

export interface NavigationProps {
  readonly current: string
  readonly isNarrow: boolean
  /** The window is too small for words anyway. */
  readonly isForced: boolean
}

export function Navigation({ current, isNarrow, isForced }: NavigationProps) {
  const Toggle = isNarrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  const toggleLabel = isNarrow ? t('shell.widen') : t('shell.narrow')
  return (
    <Stack component="nav" aria-label={t('shell.navigation')} h="100%" justify="space-between" p="xs" gap="xs">
      <Stack gap={4}>
        {screens.map(({ id, title, icon: Glyph }) => {
          const isCurrent = id === current
          return (
            <Tooltip key={id} label={title()} position="right" disabled={!isNarrow} openDelay={100}>
              <NavLink
                href={hashOf({ screen: id, item: undefined })}
                active={isCurrent}
                aria-current={isCurrent ? 'page' : undefined}
                aria-label={title()}
                label={isNarrow ? undefined : title()}
                leftSection={<Glyph size={20} stroke={1.7} aria-hidden />}
                variant="light"
                style={{ borderRadius: 8, ...(isNarrow ? { justifyContent: 'center' } : {}) }}
                styles={isNarrow ? { section: { marginInlineEnd: 0 }, body: { display: 'none' } } : {}}
              />
            </Tooltip>
          )
        })}
      </Stack>
      {!isForced && (
        <Box ta={isNarrow ? 'center' : 'right'}>
          <Tooltip label={toggleLabel} position="right">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={toggleLabel}
              aria-expanded={!isNarrow}
              onClick={() => setNavigationNarrow(!isNarrow)}
            >
              <Toggle size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Box>
      )}
    </Stack>
  )
}
