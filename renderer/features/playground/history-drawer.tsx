import { Button, Drawer, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { localTime, runTime } from '../../lib/format.ts'
import { clearPast, setCode, usePlayground } from '../../stores/playground.ts'
import type { PastRun } from '../../stores/playground-past.ts'
import { t } from '../../text/index.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import type { Tone } from '../../ui/tone.ts'

const tones: Readonly<Record<PastRun['outcome'], Tone>> = { done: 'ok', failed: 'problem', cancelled: 'quiet' }

export interface HistoryDrawerProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** What was run before, in this browser; a click brings the code back into the editor, where undo takes it away again. */
export function HistoryDrawer({ isOpen, onClose }: HistoryDrawerProps) {
  const past = usePlayground((state) => state.past)
  const use = (code: string) => {
    setCode(code)
    onClose()
  }
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={460}
      title={t('playground.history.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {past.length === 0 ? (
        <Stack gap={4}>
          <Text fw={600}>{t('playground.history.empty')}</Text>
          <Text size="sm" c="dimmed">
            {t('playground.history.emptyText')}
          </Text>
        </Stack>
      ) : (
        <Stack gap="xs">
          <Group justify="space-between">
            <Text size="xs" c="dimmed">
              {t('playground.history.kept')}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconTrash size={14} aria-hidden />}
              onClick={clearPast}
            >
              {t('playground.history.clear')}
            </Button>
          </Group>
          {past.map((run) => (
            <PastEntry key={run.id} run={run} onUse={use} />
          ))}
        </Stack>
      )}
    </Drawer>
  )
}

function PastEntry({ run, onUse }: { readonly run: PastRun; readonly onUse: (code: string) => void }) {
  const lines = run.code.trim().split('\n')
  return (
    <UnstyledButton
      className="surface playground-past"
      aria-label={t('playground.history.use', { code: lines[0] ?? '' })}
      onClick={() => onUse(run.code)}
    >
      <Group justify="space-between" gap="xs" mb={4}>
        <StateMark tone={tones[run.outcome]} label={t(`playground.history.outcomes.${run.outcome}`)} />
        <Text size="xs" c="dimmed">
          {[localTime(run.at), t('playground.on', { server: run.server }), runTime(run.durationMs)].join(' · ')}
        </Text>
      </Group>
      <pre className="playground-text">{lines.slice(0, 3).join('\n')}</pre>
      {lines.length > 3 && (
        <Text size="xs" c="dimmed">
          {t('playground.history.lines', { count: lines.length })}
        </Text>
      )}
      {run.summary !== '' && (
        <Text size="xs" c="dimmed" mt={4} className="ellipsis">
          {run.summary}
        </Text>
      )}
    </UnstyledButton>
  )
}
