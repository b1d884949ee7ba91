/** A step of a start: over as soon as it is done, something has failed meanwhile, or the signal came. */
export async function untilStep<T>(failed: Promise<never>, signal: AbortSignal, step: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  try {
    return await Promise.race([step, aborted, failed])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
