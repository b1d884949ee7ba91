import { AppError } from '../../contract/index.ts'
import type { Progress } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'

/** Work that several callers wait for. It is cancelled when the last of them has lost interest. */
export interface SharedWork<T> {
  /** Rejects with CANCELLED for a caller who gives up; for the last one only when the work has let go of everything. */
  readonly join: (context: JobContext) => Promise<T>
  readonly cancel: () => void
  /** Settles when the work has ended, well or badly. */
  readonly settled: Promise<void>
}

export function shareWork<T>(subject: string, work: (context: JobContext) => Promise<T>): SharedWork<T> {
  const abort = new AbortController()
  const audience = new Set<JobContext>()
  let last: Progress | undefined
  const outcome = work({
    signal: abort.signal,
    progress: (progress) => {
      last = progress
      for (const context of audience) context.progress(progress)
    },
  })
  return {
    cancel: () => abort.abort(),
    settled: outcome.then(
      () => {},
      () => {},
    ),
    async join(context) {
      const { promise: givenUp, reject } = Promise.withResolvers<never>()
      const leave = () => {
        audience.delete(context)
        if (audience.size === 0) abort.abort()
        else reject(new AppError('CANCELLED', `No longer waiting for ${subject}`))
      }
      audience.add(context)
      if (last) context.progress(last)
      if (context.signal.aborted) leave()
      else context.signal.addEventListener('abort', leave, { once: true })
      try {
        return await Promise.race([outcome, givenUp])
      } finally {
        context.signal.removeEventListener('abort', leave)
        audience.delete(context)
      }
    },
  }
}
