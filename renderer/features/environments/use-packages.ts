import { useCallback } from 'react'
import type { Environment, Package } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useJobs } from '../../stores/jobs.ts'
import { useAnswer } from '../../stores/use-answer.ts'
import type { Answer } from '../../stores/use-answer.ts'
import { lastEnded } from './busy.ts'

/** What is installed, asked for again after each change of the environment, whoever made it. */
export function usePackages(environment: Environment): Answer<readonly Package[]> {
  const { name } = environment
  const changed = useJobs((state) => lastEnded(state.jobs, name))
  const ask = useCallback(() => call('packages.list', { name }), [name])
  return useAnswer(ask, [environment, changed])
}
