// What a sandboxed preload finds around it, made of a page of plain Chromium. The two functions are sent there as text, so they
// use nothing of this file but each other's parameters.

/** The way to main that Playwright puts into the page; the preload's world takes it away from there. */
export const linkName = '__standInLink'

type Link = (message: object) => Promise<unknown>
type Preload = (require: (name: string) => object, exports: object, module: object) => void

export function preloadWorld(name: string, preload: Preload): void {
  const page = globalThis as unknown as Record<string, unknown>
  const link = page[name] as Link | undefined
  // A subframe has no preload: nodeIntegrationInSubFrames is off.
  if (link === undefined || page['top'] !== page['self']) return
  // Only the closure below knows the way from now on.
  delete page[name]

  /** The bridge of two worlds: values are copied, functions become messengers, promises are followed. */
  const cross = (value: unknown): unknown => {
    if (typeof value === 'function') return (...args: unknown[]) => cross(value(...args.map(cross)))
    if (value instanceof Promise) {
      return value.then(cross, (error: unknown) => {
        throw error instanceof Error ? new Error(error.message) : error
      })
    }
    if (Array.isArray(value)) return value.map(cross)
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.')
    if (value === null || typeof value !== 'object') return value
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) return structuredClone(value)
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cross(part)])))
  }
  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown) {
      Object.defineProperty(page, key, { value: cross(api), enumerable: true })
    },
  }

  const listeners = new Map<string, Set<(...args: unknown[]) => void>>()
  const of = (channel: string) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel)!
  const ipcRenderer = {
    async invoke(channel: string, ...args: unknown[]) {
      const reply = (await link({ kind: 'invoke', channel, args: structuredClone(args) })) as
        { value: unknown } | { failure: string }
      if ('failure' in reply) throw new Error(`Error invoking remote method '${channel}': ${reply.failure}`)
      return reply.value
    },
    on: (channel: string, listener: (...args: unknown[]) => void) => (of(channel).add(listener), ipcRenderer),
    off: (channel: string, listener: (...args: unknown[]) => void) => (of(channel).delete(listener), ipcRenderer),
  }
  const receive = async (): Promise<void> => {
    for (;;) {
      const messages = (await link({ kind: 'receive' })) as { channel: string; args: unknown[] }[]
      for (const { channel, args } of messages)
        for (const listener of Array.from(of(channel))) listener({ sender: ipcRenderer }, ...args)
    }
  }
  preload(
    (wanted) => {
      if (wanted !== 'electron') throw new Error(`module not found: ${wanted}`)
      return { contextBridge, ipcRenderer }
    },
    {},
    {},
  )
  void link({ kind: 'hello' }).then(receive)
}
