import { Box, Group, Text } from '@mantine/core'
import { useMemo } from 'react'
import { executionOutputSchema, executionResultSchema } from '../../../contract/index.ts'
import type { ExecutionOutput, Server } from '../../../contract/index.ts'
import { useExecutions } from '../../stores/executions.ts'
import { usePlayground } from '../../stores/playground.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { FirstSteps } from './first-steps.tsx'
import { NoServer } from './no-server.tsx'
import { OutputPart } from './output-part.tsx'
import { RunFailure } from './run-failure.tsx'
import { RunStatus } from './run-status.tsx'
import { ValuePart } from './value-part.tsx'

export interface RunResultProps {
  readonly server: Server | undefined
  readonly onVisit: () => void
  readonly canVisit: boolean
}

const printedSchema = executionOutputSchema.array()
const nothing: readonly ExecutionOutput[] = []

/** How the last run stands: what it printed so far, then its value or why it failed. */
export function RunResult({ server, onVisit, canVisit }: RunResultProps) {
  const { run, ended, refusal, isRunning } = usePlayground()
  const shown = useExecutions((state) => (run === undefined ? undefined : state.shown[run.id]))
  const result = useMemo(() => executionResultSchema.safeParse(ended?.result).data, [ended])
  // Of a run that failed the evidence may hold what it had printed; else there is what has passed by.
  const printed = useMemo(() => printedSchema.safeParse(ended?.error?.details?.['output']).data, [ended])
  const output = result?.output ?? printed ?? shown?.output ?? nothing
  const isCut = result?.isOutputCut ?? (printed === undefined && shown?.isCut === true)
  const isAny = isRunning || ended !== undefined || refusal !== undefined
  return (
    <Box className="surface playground-result" component="section" aria-label={t('playground.result')} tabIndex={0}>
      {server?.state !== 'running' && (
        <Box p="md" className="playground-part">
          <NoServer server={server} />
        </Box>
      )}
      {!isAny && server?.state === 'running' && <FirstSteps />}
      {isAny && <RunStatus result={result} />}
      {refusal && (
        <Box p="md" className="playground-part">
          <ErrorCard error={refusal} title={t('playground.failure.refused')} />
        </Box>
      )}
      {output.length > 0 && <OutputPart output={output} isCut={isCut} server={run?.server ?? ''} isLive={isRunning} />}
      {ended?.error && ended.state === 'failed' && (
        <RunFailure error={ended.error} server={run?.server ?? ''} onVisit={onVisit} canVisit={canVisit} />
      )}
      {ended?.state === 'cancelled' && (
        <Text size="sm" c="dimmed" p="md" className="playground-part">
          {t('playground.cancelled')}
        </Text>
      )}
      {result && <ValuePart result={result.result} />}
      {result && output.length === 0 && (
        <Group px="md" pb="md">
          <Text size="xs" c="dimmed">
            {t('playground.output.none')}
          </Text>
        </Group>
      )}
    </Box>
  )
}
