import { useCallback } from 'react'
import type { Environment, PackageSnapshot } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useJobs } from '../../stores/jobs.ts'
import { useAnswer } from '../../stores/use-answer.ts'
import type { Answer } from '../../stores/use-answer.ts'
import { lastEnded } from './busy.ts'

/** What was kept before the changes of an environment, asked for again after each of them, whoever made it. */
export function useSnapshots(environment: Environment): Answer<readonly PackageSnapshot[]> {
  const { name } = environment
  const changed = useJobs((state) => lastEnded(state.jobs, name))
  const ask = useCallback(() => call('packages.snapshots', { name }), [name])
  return useAnswer(ask, [environment, changed])
}
