import { Group, Text } from '@mantine/core'
import { elapsed, runTime } from '../../lib/format.ts'
import { useJobs } from '../../stores/jobs.ts'
import { usePlayground } from '../../stores/playground.ts'
import { isStopped } from '../../stores/playground-past.ts'
import { t } from '../../text/index.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useSessionName } from './session-name.ts'

/** One line: how it stands, how long it took or takes, and where. */
export function RunStatus({ durationMs }: { readonly durationMs: number | undefined }) {
  const { run, ended, refusal, isRunning } = usePlayground()
  const now = useNow(isRunning)
  const job = useJobs((state) => state.jobs.find(({ id }) => id === run?.id))
  const { startedAt } = job ?? {}
  const name = useSessionName(run)
  const since = startedAt === undefined ? 0 : Math.max(0, now - Date.parse(startedAt))
  const took =
    durationMs ?? (ended?.endedAt === undefined ? undefined : Date.parse(ended.endedAt) - Date.parse(ended.startedAt))
  return (
    <Group px="md" py="sm" gap="sm" role="status" className="playground-part">
      {isRunning ? (
        <StateMark
          tone="active"
          label={t(
            run === undefined
              ? 'playground.states.asking'
              : job?.asks
                ? 'playground.states.waiting'
                : 'playground.states.running',
          )}
        />
      ) : ended?.state === 'failed' && isStopped(ended) ? (
        <StateMark tone="quiet" label={t('playground.states.interrupted')} />
      ) : refusal !== undefined || ended?.state === 'failed' ? (
        <StateMark tone="problem" label={t('playground.states.failed')} />
      ) : ended?.state === 'cancelled' ? (
        <StateMark tone="quiet" label={t('playground.states.cancelled')} />
      ) : (
        <StateMark tone="ok" label={t('playground.states.done')} />
      )}
      <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {[
          isRunning ? t('playground.since', { time: elapsed(since) }) : undefined,
          !isRunning && took !== undefined
            ? t(ended?.state === 'succeeded' ? 'playground.took' : 'playground.after', { time: runTime(took) })
            : undefined,
          run === undefined ? undefined : t('playground.on', { server: run.server }),
          name === undefined ? undefined : t('playground.inSession', { name }),
        ]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </Text>
    </Group>
  )
}
