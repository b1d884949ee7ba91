import { Box, Text } from '@mantine/core'
import { useMemo } from 'react'
import type { ExecutionOutput, Server } from '../../../contract/index.ts'
import { useExecutions } from '../../stores/executions.ts'
import { usePlayground } from '../../stores/playground.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Prose } from '../../ui/prose.tsx'
import { useJobs } from '../../stores/jobs.ts'
import { isStopped } from '../../stores/playground-past.ts'
import { FirstSteps } from './first-steps.tsx'
import { InputAsked } from './input-asked.tsx'
import { NoServer } from './no-server.tsx'
import { OutputPart } from './output-part.tsx'
import { outcomeOf, withoutResult } from './outcome.ts'
import { RunFailure } from './run-failure.tsx'
import { RunStatus } from './run-status.tsx'
import { pythonFailureOf } from './traceback.ts'
import { ValuePart } from './value-part.tsx'

export interface RunResultProps {
  readonly server: Server | undefined
  readonly onVisit: () => void
  readonly canVisit: boolean
}

const nothing: readonly ExecutionOutput[] = []

/** How the last run stands: what it printed so far, then its value or why it failed. */
export function RunResult({ server, onVisit, canVisit }: RunResultProps) {
  const { run, ended, refusal, isRunning, isInterrupted } = usePlayground()
  const question = useJobs((state) => state.jobs.find(({ id }) => id === run?.id)?.asks)
  const shown = useExecutions((state) => (run === undefined ? undefined : state.shown[run.id]))
  const outcome = useMemo(() => outcomeOf(ended), [ended])
  // Once it has ended the job has all that is kept; until then there is what has passed by.
  const all = outcome?.output ?? shown?.output ?? nothing
  const [output, result] = useMemo(() => withoutResult(all), [all])
  const missing = outcome ? (outcome.isOutputCut ? 'rest' : undefined) : shown?.isCut === true ? 'earlier' : undefined
  const isAny = isRunning || ended !== undefined || refusal !== undefined
  return (
    <Box className="surface playground-result" component="section" aria-label={t('playground.result')} tabIndex={0}>
      {server?.state !== 'running' && (
        <Box p="md" className="playground-part">
          <NoServer server={server} />
        </Box>
      )}
      {!isAny && server?.state === 'running' && <FirstSteps />}
      {isAny && <RunStatus durationMs={outcome?.durationMs} />}
      {refusal && (
        <Box p="md" className="playground-part">
          <ErrorCard error={refusal} title={t('playground.failure.refused')} />
        </Box>
      )}
      {output.length > 0 && (
        <OutputPart output={output} missing={missing} server={run?.server ?? ''} isLive={isRunning} />
      )}
      {isRunning && isInterrupted && (
        <Text size="sm" c="dimmed" px="md" py="sm" className="playground-part">
          {t('playground.stopping')}
        </Text>
      )}
      {isRunning && run !== undefined && question !== undefined && (
        <InputAsked key={question.number} execution={run.id} question={question} />
      )}
      {ended?.error && ended.state === 'failed' && (!isStopped(ended) || pythonFailureOf(ended.error)) && (
        <RunFailure error={ended.error} server={run?.server ?? ''} onVisit={onVisit} canVisit={canVisit} />
      )}
      {ended !== undefined && isStopped(ended) && (
        <Text size="sm" c="dimmed" p="md" className="playground-part">
          {/* Native code may not have stopped yet: then the host says so, and what to do. */}
          {ended.state === 'failed' || ended.error?.hint === undefined ? (
            t('playground.cancelled')
          ) : (
            <Prose text={`${ended.error.message}. ${ended.error.hint}`} />
          )}
        </Text>
      )}
      {outcome?.result && <ValuePart result={outcome.result} display={result} />}
      {outcome?.result && output.length === 0 && (
        <Text size="xs" c="dimmed" px="md" pb="md">
          {t('playground.output.none')}
        </Text>
      )}
    </Box>
  )
}
