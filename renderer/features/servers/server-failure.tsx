import { Button } from '@mantine/core'
import type { ErrorInfo, Server } from '../../../contract/index.ts'
import { goTo } from '../../stores/ui.ts'
import type { JobControls } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { portConflictOf } from './port-conflict.ts'
import { canUseAnotherPort } from './server-facts.ts'

export interface ServerFailureProps {
  readonly server: Server
  readonly error: ErrorInfo
  readonly start: JobControls<'servers.start'>
  readonly stop: JobControls<'servers.stop'>
  readonly isStopFailure: boolean
}

/** Why a server failed, with its evidence, and the next step: another port, another try, the log, or having seen it. */
export function ServerFailure({ server, error, start, stop, isStopFailure }: ServerFailureProps) {
  const { name, state, startedAt } = server
  const conflict = portConflictOf(error)
  const title = conflict
    ? t('servers.port.title', { port: conflict.port })
    : isStopFailure
      ? t('servers.failure.stopTitle', { name })
      : t(startedAt === null ? 'servers.failure.startTitle' : 'servers.failure.title', { name })
  // The host's own advice speaks of the command line.
  const shown = conflict ? { ...error, hint: t('servers.port.hint') } : error
  const dismiss = () => {
    start.clear()
    stop.clear()
    // The host forgets the failure of a server that is told to stop.
    if (state === 'failed') void stop.run({ name })
  }
  return (
    <ErrorCard
      error={shown}
      title={title}
      actions={
        <>
          {canUseAnotherPort({ transport: server.transport, error }) && (
            <Button size="compact-sm" onClick={() => void start.run({ name, port: 0 })}>
              {t('servers.actions.anotherPort')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => goTo('logs', name)}>
            {t('servers.actions.openLogs')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={dismiss}>
            {t('servers.actions.dismiss')}
          </Button>
        </>
      }
    />
  )
}
