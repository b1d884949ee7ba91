const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes for people, in powers of 1000 as download pages and disks count: `0 B`, `999 B`, `1.0 kB`, `27.4 MB`. */
export function shownBytes(count: number): string {
  let value = count
  let unit = 0
  // 999.95 would round to 1000.0 of the smaller unit.
  while (value >= (unit === 0 ? 1000 : 999.95) && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return unit === 0 ? `${Math.round(value)} B` : `${value.toFixed(1)} ${units[unit] ?? ''}`
}
