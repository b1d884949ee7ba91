/** What to do about a failed request: ask the same address again, or go on to the next one. */
export type Verdict = 'again' | 'next'

/** Asking again helps where the server is overloaded or was slow; what it says of the file itself will not change. */
export function statusVerdict(status: number): Verdict {
  return status === 408 || status === 425 || status === 429 || status >= 500 ? 'again' : 'next'
}

/** Failures that last: no such host, nobody listening, no road there, a certificate that does not hold. */
const lasting =
  /^(ENOTFOUND|EAI_|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EPROTO$|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_|ERR_SSL_|ERR_PROXY_|ERR_UNSAFE_REDIRECT|ERR_TOO_MANY_REDIRECTS|HOSTNAME_MISMATCH|EACCES|EPERM)/u

export function errorVerdict(code: string): Verdict {
  return lasting.test(code) ? 'next' : 'again'
}

/** A certificate that does not hold: a company's proxy, or an attack. Never a reason to look away. */
export function isCertificateProblem(code: string): boolean {
  return /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_|HOSTNAME_MISMATCH)/u.test(code)
}

/** Milliseconds between two tries, at most. */
const longestWaitMs = 30_000
/** Longest wait that a server may ask for; what wants more has failed for now. */
const longestRetryAfterMs = 60_000

/** Full jitter: anything up to a bound that doubles, so that many clients of a mirror do not come back all at once. */
export function jitterMs(attempt: number, baseMs: number, random: number): number {
  return Math.round(random * Math.min(longestWaitMs, baseMs * 2 ** attempt))
}

/** Seconds, or a date (RFC 9110 §10.2.3); undefined when there is nothing usable, 'too long' when nobody should wait for it. */
export function retryAfterMs(header: string | undefined, now: number): number | 'too long' | undefined {
  if (header === undefined) return undefined
  const at = /^\d+$/u.test(header.trim()) ? now + Number(header) * 1000 : Date.parse(header)
  if (Number.isNaN(at)) return undefined
  const wait = Math.max(0, at - now)
  return wait > longestRetryAfterMs ? 'too long' : wait
}

export interface Timings {
  /** Milliseconds until there is a connection. */
  readonly connectMs: number
  /** Milliseconds of silence after which a connection counts as lost; there is no limit on the whole. */
  readonly stallMs: number
  /** Milliseconds: the first bound of the jitter. */
  readonly retryBaseMs: number
}

/** The timings, of which tests and slow lines can change two through the environment (docs/runtimes.md). */
export function timingsOf(env: NodeJS.ProcessEnv): Timings {
  const number = (name: string, usual: number) => {
    const value = Number(env[name])
    return env[name] && Number.isFinite(value) && value > 0 ? value : usual
  }
  return {
    connectMs: 10_000,
    stallMs: number('BEEP_DOWNLOAD_STALL_MS', 30_000),
    retryBaseMs: number('BEEP_DOWNLOAD_RETRY_MS', 1000),
  }
}
