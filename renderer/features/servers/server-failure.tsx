import { Button, Code, Text } from '@mantine/core'
import { startsAgain } from '../../../contract/index.ts'
import type { ErrorInfo, Server } from '../../../contract/index.ts'
import { goTo } from '../../stores/ui.ts'
import type { JobControls } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { lastLinesOf } from './last-lines.ts'
import { NextStart } from './next-start.tsx'
import { portConflictOf } from './port-conflict.ts'
import type { PortConflict, PortHolder } from './port-conflict.ts'
import { canUseAnotherPort } from './server-facts.ts'

export interface ServerFailureProps {
  readonly server: Server
  readonly error: ErrorInfo
  readonly start: JobControls<'servers.start'>
  readonly stop: JobControls<'servers.stop'>
  readonly isStopFailure: boolean
  readonly onEdit: (server: Server) => void
}

/** Why a server failed, with its evidence, and the next step: another port, another try, a change, the log, or having seen it. */
export function ServerFailure({ server, error, start, stop, isStopFailure, onEdit }: ServerFailureProps) {
  const { name, state, startedAt, restarts } = server
  const isWaiting = startsAgain(server)
  const conflict = portConflictOf(error)
  const lines = lastLinesOf(error)
  const title = conflict
    ? t('servers.port.title', { port: conflict.port })
    : isStopFailure
      ? t('servers.failure.stopTitle', { name })
      : isWaiting
        ? t('servers.comeback.title', { name })
        : restarts?.gaveUp
          ? t('servers.comeback.gaveUp', { name })
          : t(startedAt === null ? 'servers.failure.startTitle' : 'servers.failure.title', { name })
  // The host's own advice speaks of the command line.
  const shown = conflict ? { ...error, ...conflictText(conflict) } : error
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
      // What mends itself is not called out.
      kind={isWaiting && !isStopFailure ? 'mending' : 'news'}
      actions={
        <>
          {canUseAnotherPort({ transport: server.transport, error }) && (
            <Button size="compact-sm" onClick={() => void start.run({ name, port: 0 })}>
              {t('servers.actions.anotherPort')}
            </Button>
          )}
          {!isStopFailure && (
            <Button size="compact-sm" variant="default" onClick={() => onEdit(server)}>
              {t('servers.actions.edit')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => goTo('logs', name)}>
            {t('servers.actions.openLogs')}
          </Button>
          {!isWaiting && (
            <Button size="compact-sm" variant="default" onClick={dismiss}>
              {t('servers.actions.dismiss')}
            </Button>
          )}
        </>
      }
    >
      {isWaiting && restarts && <NextStart restarts={restarts} />}
      {lines.length > 0 && (
        <>
          <Text size="xs" c="dimmed">
            {t('servers.failure.lastLines')}
          </Text>
          <Code
            block
            className="server-last-lines"
            tabIndex={0}
            role="group"
            aria-label={t('servers.failure.lastLines')}
          >
            {lines.join('\n')}
          </Code>
        </>
      )}
    </ErrorCard>
  )
}

/** Who has it, where the host could tell; what to do in the words of this window. */
function conflictText({ holders }: PortConflict): Partial<ErrorInfo> {
  const names = holders.map(holderText).join(', ')
  return {
    hint: t('servers.port.hint'),
    ...(holders.length === 0 ? {} : { message: t('servers.port.heldBy', { count: holders.length, names }) }),
  }
}

function holderText({ pid, program }: PortHolder): string {
  if (pid === null) return t('servers.port.otherUser')
  return t('servers.port.holder', { program: program ?? t('servers.port.program'), pid })
}
