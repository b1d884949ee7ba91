/** What chance decides, the same for the same seed. */
export interface Dice {
  /** From 0 to just below 1. */
  readonly next: () => number
  /** A whole number below `limit`. */
  readonly below: (limit: number) => number
  readonly chance: (share: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
  readonly bytes: (length: number) => Buffer
  /** Dice of their own for a part of the work, which throws no others, however the parts take turns. */
  readonly for: (part: string | number) => Dice
}

export function createDice(seed: string): Dice {
  let state = hashOf(seed)
  /** mulberry32 */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick<T>(items: readonly T[]) {
      return items[below(items.length)] as T
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
    for: (part) => createDice(`${seed}/${part}`),
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash
}
