import type { ClientHttp2Session } from 'node:http2'
import type { Metadata } from '@grpc/grpc-js'
import { abortable } from '../abort.ts'
import { ArrayLink, startSession, whenOpen } from './array-link.ts'
import { wasNeverSent } from './error.ts'
import { closedError } from '../transport.ts'
import type { Reply } from '../transport.ts'

/**
 * The connection on which arrays come: HTTP/2 as Node has it, without the library around it, which puts together whole messages
 * before it gives them out, and so takes most of the time that an array takes. Made by the first call, and again by the first
 * call after it was lost.
 */
export class ArrayConnection {
  readonly #connectTimeoutMs: number
  /** The link's, one that is being made, and those left while their last calls are under way. */
  readonly #sessions = new Set<ClientHttp2Session>()
  #link: ArrayLink | undefined
  #connecting: { readonly address: string; readonly link: Promise<ArrayLink> } | undefined
  #isClosed = false

  constructor(connectTimeoutMs: number) {
    this.#connectTimeoutMs = connectTimeoutMs
  }

  /** @throws ServiceError as the library has it; BackendError */
  async fetch(address: string, message: Buffer, metadata: Metadata, signal: AbortSignal): Promise<Reply> {
    const link = await this.#linkTo(address, signal)
    try {
      return await link.fetch(message, metadata, signal)
    } catch (error) {
      if (signal.aborted || !wasNeverSent(error)) throw error
    }
    // A connection on which the server takes no calls any more tells so late, or not at all. Another one may do, once.
    link.leave()
    if (this.#link === link) this.#link = undefined
    const next = await this.#linkTo(address, signal)
    return next.fetch(message, metadata, signal)
  }

  close(): void {
    this.#isClosed = true
    for (const session of this.#sessions) session.destroy()
  }

  async #linkTo(address: string, signal: AbortSignal): Promise<ArrayLink> {
    if (this.#isClosed) throw closedError()
    if (this.#link?.address === address && this.#link.isUsable) return this.#link
    const link = await abortable(this.#connect(address), signal)
    if (signal.aborted) throw signal.reason
    return link
  }

  /** Calls that come while a connection is being made wait for that one. */
  #connect(address: string): Promise<ArrayLink> {
    if (this.#connecting?.address === address) return this.#connecting.link
    const link = this.#open(address).finally(() => {
      if (this.#connecting?.link === link) this.#connecting = undefined
    })
    this.#connecting = { address, link }
    return link
  }

  async #open(address: string): Promise<ArrayLink> {
    const session = startSession(address)
    this.#sessions.add(session)
    session.once('close', () => this.#sessions.delete(session))
    await whenOpen(session, address, this.#connectTimeoutMs).catch((error: unknown) => {
      if (!this.#isClosed) throw error
    })
    if (this.#isClosed) throw closedError()
    this.#link?.leave()
    this.#link = new ArrayLink(address, session)
    return this.#link
  }
}
