import { useCallback, useEffect, useRef, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { Environment, ErrorInfo, Package } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useJobs } from '../../stores/jobs.ts'
import { lastEnded } from './busy.ts'

export interface Packages {
  /** Undefined until the first answer. */
  readonly packages: readonly Package[] | undefined
  readonly error: ErrorInfo | undefined
  readonly load: () => void
}

/** What is installed, asked for again after each change of the environment, whoever made it. */
export function usePackages(environment: Environment): Packages {
  const { name } = environment
  const [packages, setPackages] = useState<readonly Package[]>()
  const [error, setError] = useState<ErrorInfo>()
  const changed = useJobs((state) => lastEnded(state.jobs, name))
  const turn = useRef(0)
  const load = useCallback(() => {
    const mine = (turn.current += 1)
    call('packages.list', { name }).then(
      (found) => {
        if (mine !== turn.current) return
        setError(undefined)
        setPackages(found)
      },
      (thrown: unknown) => {
        if (mine === turn.current) setError(toErrorInfo(thrown))
      },
    )
  }, [name])
  useEffect(load, [load, environment, changed])
  return { packages, error, load }
}
