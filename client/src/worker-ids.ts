import { isJsonObject } from './values/json.ts'

/** Whose handle or session this is (docs/wire.md §2.7); undefined where the server has one worker, and ids do not say. */
export function workerOf(id: unknown): number | undefined {
  // The first look is at every handle that arrives.
  if (typeof id !== 'string' || !id.includes('.')) return undefined
  const found = /^[hs]([1-9]\d?)\.\d+-/u.exec(id)
  return found ? Number(found[1]) : undefined
}

/** The worker that a request names, by its session or else by the first handle in it. */
export function workerNamedIn(payload: unknown): number | undefined {
  if (Array.isArray(payload)) {
    for (const item of payload) {
      const worker = workerNamedIn(item)
      if (worker !== undefined) return worker
    }
    return undefined
  }
  if (!isJsonObject(payload)) return undefined
  const { sessionId, handleId, moduleHandleId } = payload
  const own = workerOf(sessionId) ?? workerOf(handleId) ?? workerOf(moduleHandleId)
  return own ?? workerNamedIn(Object.values(payload).filter((value) => typeof value === 'object'))
}
