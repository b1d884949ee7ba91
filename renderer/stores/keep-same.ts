/**
 * The new list, with the old object wherever nothing has changed: a list comes whole with each event, and what shows one of its
 * members must not begin anew because of another. `keyOf` tells which is which.
 */
export function keepSame<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const known = new Map(before.map((one) => [keyOf(one), one]))
  const kept = after.map((one) => {
    const old = known.get(keyOf(one))
    return old !== undefined && JSON.stringify(old) === JSON.stringify(one) ? old : one
  })
  const isAllOld = kept.length === before.length && kept.every((one, index) => one === before[index])
  return isAllOld ? before : kept
}
