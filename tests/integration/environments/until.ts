import { vi } from 'vitest'

/**
 * Waits until a condition holds, for a minute: what an installer does takes seconds, and many of them on a busy machine.
 * @returns what the condition gave.
 */
export function until<T>(what: string, condition: () => T | Promise<T>): Promise<NonNullable<T>> {
  const look = async () => (await condition()) || Promise.reject(new Error(`Waited in vain until ${what}`))
  return vi.waitFor(look as () => Promise<NonNullable<T>>, { timeout: 60_000, interval: 10 })
}
