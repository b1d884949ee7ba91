export { shownBytes as bytes } from '../../contract/index.ts'

/** A point in time in the user's own zone and language. What is no date stays as it is. */
export function localTime(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
}

/** Without seconds, where nobody counts them. What is no date stays as it is. */
export function localMinute(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

/** Milliseconds as `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '0 s'
  const seconds = ms / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  const hours = Math.floor(minutes / 60)
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** Time that goes on, in whole seconds: `0 s`, `59 s`, `3 min 5 s`. */
export function elapsed(ms: number): string {
  return ms < 60_000 ? `${Math.max(0, Math.floor(ms / 1000))} s` : duration(ms)
}

/** A span that was said in whole units, without those that are none: `90 s` is `1 min 30 s`, an hour `1 h`. */
export function span(ms: number): string {
  return elapsed(ms).replace(/(?<=\D) 0 (?:s|min|h)$/u, '')
}

/** As `duration`, but what took less than a second in milliseconds: `0 ms`, `412 ms`, `1.2 s`. */
export function runTime(ms: number): string {
  return ms >= 0 && ms < 1000 ? `${Math.min(999, Math.round(ms))} ms` : duration(ms)
}

/** Newest version first: 3.13.0 before 3.9.18. */
export function byVersionDown(a: { readonly version: string }, b: { readonly version: string }): number {
  return b.version.localeCompare(a.version, 'en', { numeric: true })
}
