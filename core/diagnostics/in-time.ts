/** Has work end in time, or fail. */
export type InTime = <T>(work: Promise<T>) => Promise<T>

/** Milliseconds for one part; BEEP_DIAGNOSTICS_PART_MS overrides it. */
const defaultPartMs = 10_000

/** What takes longer than its time is part of what is wrong, and the others must not wait for it. */
export function createInTime(env: NodeJS.ProcessEnv): InTime {
  const partMs = Number(env['BEEP_DIAGNOSTICS_PART_MS']) || defaultPartMs
  return async (work) => {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Error(`there was no answer within ${partMs / 1000} s`)), partMs)
    try {
      return await Promise.race([work, late.promise])
    } finally {
      clearTimeout(timer)
    }
  }
}
