import { useCallback } from 'react'
import type { Server, ServerVariables } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useSettings } from '../../stores/settings.ts'
import { useAnswer } from '../../stores/use-answer.ts'
import type { Answer } from '../../stores/use-answer.ts'

/** The variables of a server, asked for again when it starts or ends, and when its description or the settings change. */
export function useVariables({ name, state, startedAt, spec }: Server): Answer<ServerVariables> {
  const settings = useSettings((all) => all.settings)
  const ask = useCallback(() => call('servers.environment', { name }), [name])
  return useAnswer(ask, [state, startedAt, spec.environment, settings])
}
