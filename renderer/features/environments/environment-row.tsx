import { Group, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import type { Environment } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { StateMark } from '../../ui/state-mark.tsx'

/** One environment in the list; a click opens its details. */
export function EnvironmentRow({ environment }: { readonly environment: Environment }) {
  const { name, python, sizeBytes, state, usedBy, requirements } = environment
  const asked =
    requirements.length === 0
      ? t('environments.noPackages')
      : t('environments.packages', { count: requirements.length })
  return (
    <UnstyledButton className="row" w="100%" px="md" py="sm" display="block" onClick={() => goTo('environments', name)}>
      <Group justify="space-between" wrap="nowrap" gap="md">
        <div style={{ minWidth: 0, flex: 1 }}>
          <Text fw={600} size="sm" className="ellipsis">
            {name}
          </Text>
          <Text size="xs" c="dimmed" className="ellipsis">
            {t('environments.python', { version: python })} · {bytes(sizeBytes)} ·{' '}
            <span title={requirements.join(', ')}>{asked}</span>
          </Text>
        </div>
        <Group gap="md" wrap="nowrap">
          {usedBy.length > 0 && (
            <Text size="xs" c="dimmed" title={usedBy.join(', ')}>
              {t('environments.inUse', { count: usedBy.length })}
            </Text>
          )}
          <StateMark
            tone={state === 'ready' ? 'ok' : 'problem'}
            label={state === 'ready' ? t('environments.ready') : t('environments.broken')}
          />
          <IconChevronRight size={16} aria-hidden />
        </Group>
      </Group>
    </UnstyledButton>
  )
}
