import type { Server, ServerSpec } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { shareWork } from './shared-work.ts'
import type { SharedWork } from './shared-work.ts'

/** A start that others can join. */
export interface Starting {
  /** What is being started; undefined where that could not even be made out. */
  readonly spec: Promise<ServerSpec | undefined>
  readonly work: SharedWork<Server>
}

/** @param begin tells what it starts as soon as that is known */
export function shareStart(
  name: string,
  begin: (context: JobContext, tellSpec: (spec: ServerSpec) => void) => Promise<Server>,
  onEnd: () => void,
): Starting {
  const { promise: spec, resolve: tellSpec } = Promise.withResolvers<ServerSpec | undefined>()
  const work = shareWork(`server ${name}`, (context) =>
    begin(context, tellSpec).finally(() => {
      onEnd()
      tellSpec(undefined)
    }),
  )
  return { spec, work }
}
