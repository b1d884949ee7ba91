import { useCallback, useEffect, useRef, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { Environment, ErrorInfo, PackageSnapshot } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useJobs } from '../../stores/jobs.ts'
import { lastEnded } from './busy.ts'

export interface Snapshots {
  /** Undefined until the first answer. */
  readonly snapshots: readonly PackageSnapshot[] | undefined
  readonly error: ErrorInfo | undefined
  readonly load: () => void
}

/** What was kept before the changes of an environment, asked for again after each of them, whoever made it. */
export function useSnapshots(environment: Environment): Snapshots {
  const { name } = environment
  const [snapshots, setSnapshots] = useState<readonly PackageSnapshot[]>()
  const [error, setError] = useState<ErrorInfo>()
  const changed = useJobs((state) => lastEnded(state.jobs, name))
  const turn = useRef(0)
  const load = useCallback(() => {
    const mine = (turn.current += 1)
    call('packages.snapshots', { name }).then(
      (found) => {
        if (mine !== turn.current) return
        setError(undefined)
        setSnapshots(found)
      },
      (thrown: unknown) => {
        if (mine === turn.current) setError(toErrorInfo(thrown))
      },
    )
  }, [name])
  useEffect(load, [load, environment, changed])
  return { snapshots, error, load }
}
