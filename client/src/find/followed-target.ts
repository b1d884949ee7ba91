import { isBackendError } from '../errors.ts'

/**
 * Where a server is: asked for by the first call, and again when it refuses the connection or the token. A restarted one may
 * have another address or token, and both refusals mean that nothing was done, so that asking again is safe.
 */
export class FollowedTarget<Target> {
  readonly #locate: () => Promise<Target>
  readonly #isSame: (one: Target, other: Target) => boolean
  #known: Promise<Target> | undefined

  constructor(locate: () => Promise<Target>, isSame: (one: Target, other: Target) => boolean) {
    this.#locate = locate
    this.#isSame = isSame
  }

  async run<Result>(call: (target: Target) => Promise<Result>): Promise<Result> {
    const target = await this.#current()
    try {
      return await call(target)
    } catch (error) {
      if (!isBackendError(error, 'UNAUTHORIZED', 'CONNECTION_FAILED')) throw error
      this.#known = undefined
      const fresh = await this.#current()
      if (this.#isSame(target, fresh)) throw error
      return await call(fresh)
    }
  }

  #current(): Promise<Target> {
    this.#known ??= this.#locate().catch((error: unknown) => {
      this.#known = undefined
      throw error
    })
    return this.#known
  }
}
