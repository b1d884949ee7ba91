import { setTimeout } from 'node:timers/promises'

/** Waits until `condition` holds, and fails with `what` after five seconds. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5000
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}`)
    await setTimeout(5)
  }
}
