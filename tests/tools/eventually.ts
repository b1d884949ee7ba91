import { setTimeout } from 'node:timers/promises'

/** Waits until a condition holds; fails with its name after twenty seconds, or after `withinMs`. @returns what the condition gave. */
export async function eventually<T>(
  what: string,
  condition: () => T | Promise<T>,
  withinMs = 20_000,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const found = await condition()
    if (found) return found
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}`)
    await setTimeout(5)
  }
}
