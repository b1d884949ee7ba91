import { Box, Button, Group, Text, Title, VisuallyHidden } from '@mantine/core'
import type { ErrorInfo } from '../../../contract/index.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { pythonFailureOf, tracebackLines } from './traceback.ts'

export interface RunFailureProps {
  readonly error: ErrorInfo
  readonly server: string
  readonly onVisit: () => void
  /** The editor still has the code that failed. */
  readonly canVisit: boolean
}

/** An exception with its traceback, the failing line marked; or what else went wrong, with the way to the log. */
export function RunFailure({ error, server, onVisit, canVisit }: RunFailureProps) {
  const failure = pythonFailureOf(error)
  if (failure === undefined) {
    return (
      <Box p="md" className="playground-part">
        <ErrorCard
          error={error}
          actions={
            <Button size="compact-sm" variant="default" onClick={() => goTo('logs', server)}>
              {t('playground.output.openLog')}
            </Button>
          }
        />
      </Box>
    )
  }
  const { traceback, line } = failure
  return (
    <Box px="md" py="sm" className="playground-part" role="alert">
      <Group justify="space-between" align="flex-start" mb={6} gap={6}>
        <Title order={2} fz="sm" className={`${error.code === 'PYTHON_ERROR' ? 'tone-problem ' : ''}break`}>
          {error.message}
        </Title>
        <Group gap={6} ml="auto">
          {line !== undefined &&
            (canVisit ? (
              <Button size="compact-sm" variant="light" onClick={onVisit}>
                {t('playground.failure.goTo', { line })}
              </Button>
            ) : (
              <Text size="sm">{t('playground.failure.line', { line })}</Text>
            ))}
          {traceback !== undefined && <CopyButton text={traceback} label={t('playground.failure.copy')} />}
        </Group>
      </Group>
      {traceback !== undefined && (
        <pre
          className="playground-text playground-scroll"
          tabIndex={0}
          role="group"
          aria-label={t('playground.failure.traceback')}
        >
          {tracebackLines(traceback, line).map(({ text, isFailing }, at) =>
            isFailing ? (
              <mark key={at} className="playground-failing">
                {text}
                {/^\s*File /u.test(text) && <VisuallyHidden>{` (${t('playground.failure.failing')})`}</VisuallyHidden>}
              </mark>
            ) : (
              `${text}\n`
            ),
          )}
        </pre>
      )}
    </Box>
  )
}
