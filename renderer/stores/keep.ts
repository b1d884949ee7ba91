/** What this browser kept for us under a name; undefined where there is nothing, nothing readable, or no storage. */
export function kept(name: string, place: 'forever' | 'this window' = 'forever'): unknown {
  try {
    return JSON.parse(storageOf(place).getItem(name) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps it. False where that cannot be: full, or forbidden; then it holds until the page closes. */
export function keep(name: string, value: unknown, place: 'forever' | 'this window' = 'forever'): boolean {
  try {
    if (value === undefined) storageOf(place).removeItem(name)
    else storageOf(place).setItem(name, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

function storageOf(place: 'forever' | 'this window'): Storage {
  return place === 'forever' ? window.localStorage : window.sessionStorage
}
