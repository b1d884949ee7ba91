/** What a download asks of a network stack. Electron puts its own in this place, which knows the system's proxies. */
export type Fetch = (url: string, options: FetchOptions) => Promise<FetchResponse>

export interface FetchOptions {
  /** Absent: GET. Who knows no HEAD may send GET: the caller closes the answer either way. */
  readonly method?: 'GET' | 'HEAD'
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Milliseconds until there is a connection; afterwards the caller watches the silence. */
  readonly connectTimeoutMs: number
}

/**
 * The head of an answer, whatever its status; redirects have been followed. A failure before that rejects, with the system's `code`
 * where there is one.
 */
export interface FetchResponse {
  readonly status: number
  /** Where the answer came from in the end. */
  readonly url: string
  readonly header: (name: string) => string | undefined
  /** The bytes as they were sent, nothing decoded. */
  readonly body: AsyncIterable<Uint8Array>
  /** Lets go of the connection; safe to call again. */
  readonly close: () => void
}

/** A failure of the network, with a code as the system's errors have it. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
