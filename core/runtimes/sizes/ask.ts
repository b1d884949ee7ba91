import type { Fetch, FetchResponse } from '../download/fetch.ts'

/** What an address says of a file: its size, that it has no such file, or nothing, since nobody answered. */
export type SizeAnswer = number | 'absent' | 'unreachable'

/** Asks one address how large its file is, without fetching it: HEAD, and the first byte alone where that is not known there. */
export async function askSize(fetch: Fetch, url: string, deadlineMs: number, signal: AbortSignal): Promise<SizeAnswer> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)])
  const ask = (method: 'HEAD' | 'GET', headers: Readonly<Record<string, string>> = {}) =>
    orAborted(
      fetch(url, {
        method,
        headers: { 'user-agent': 'beep-python-host', 'accept-encoding': 'identity', ...headers },
        signal: within,
        connectTimeoutMs: deadlineMs,
      }),
      within,
    )
  try {
    const head = sizeIn(await ask('HEAD'))
    if (head !== 'unclear') return head
    const part = sizeIn(await ask('GET', { range: 'bytes=0-0' }))
    return part === 'unclear' ? 'absent' : part
  } catch {
    return 'unreachable'
  }
}

/** The head of an answer is all that is wanted of it. */
function sizeIn(response: FetchResponse): number | 'absent' | 'unclear' {
  try {
    const { status } = response
    if (status === 404 || status === 410) return 'absent'
    // A login page has a length, too.
    if (/html/iu.test(response.header('content-type') ?? '')) return 'absent'
    const length =
      status === 206
        ? /^bytes \d+-\d+\/(\d+)$/u.exec(response.header('content-range') ?? '')?.[1]
        : status === 200
          ? response.header('content-length')
          : undefined
    const bytes = Number(length ?? Number.NaN)
    return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : 'unclear'
  } finally {
    response.close()
  }
}

/** For a network stack that is slow to notice that nobody waits any more; what it brings later is let go of. */
async function orAborted(asked: Promise<FetchResponse>, signal: AbortSignal): Promise<FetchResponse> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => {
    asked.then(
      (late) => late.close(),
      () => {},
    )
    reject(signal.reason as Error)
  }
  signal.addEventListener('abort', abort, { once: true })
  try {
    signal.throwIfAborted()
    return await Promise.race([asked, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
