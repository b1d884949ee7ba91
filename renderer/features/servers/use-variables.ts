import { useCallback, useEffect, useRef, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, Server, ServerVariables } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useSettings } from '../../stores/settings.ts'

export interface Variables {
  /** Undefined until the first answer. */
  readonly found: ServerVariables | undefined
  readonly error: ErrorInfo | undefined
  readonly load: () => void
}

/** The variables of a server, asked for again when it starts or ends, and when its description or the settings change. */
export function useVariables({ name, state, startedAt, spec }: Server): Variables {
  const [found, setFound] = useState<ServerVariables>()
  const [error, setError] = useState<ErrorInfo>()
  const settings = useSettings((all) => all.settings)
  const turn = useRef(0)
  const load = useCallback(() => {
    const mine = (turn.current += 1)
    call('servers.environment', { name }).then(
      (variables) => {
        if (mine !== turn.current) return
        setError(undefined)
        setFound(variables)
      },
      (thrown: unknown) => {
        if (mine === turn.current) setError(toErrorInfo(thrown))
      },
    )
  }, [name])
  useEffect(load, [load, state, startedAt, spec.environment, settings])
  return { found, error, load }
}
