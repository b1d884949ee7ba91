/** True if a version such as `24.2` or `0.13.9` is at least the given one. What has no number at its start is not. */
export function atLeast(version: string, ...wanted: readonly number[]): boolean {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10))
  if (Number.isNaN(parts[0])) return false
  for (const [index, want] of wanted.entries()) {
    const have = parts[index] || 0
    if (have !== want) return have > want
  }
  return true
}
