export { shownBytes as bytes } from '../../contract/index.ts'

/** A point in time, in the user's own time zone: `2026-01-31 09:05:00`. What is no date stays as it is. */
export function localTime(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** Seconds as `0.08 ms`, `4.2 ms`, `120 ms`, `2.5 s`. */
export function shortTime(seconds: number): string {
  const ms = seconds * 1000
  if (ms < 1) return `${ms.toFixed(2)} ms`
  if (ms < 1000) return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`
  return `${seconds.toFixed(1)} s`
}

/** Seconds for people, in its two largest units: `0 s`, `59 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`. */
export function span(count: number): string {
  const whole = Math.max(0, Math.round(count))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return joined(Math.floor(whole / 60), 'min', whole % 60, 's')
  const minutes = Math.floor(whole / 60)
  if (minutes < 1440) return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  return joined(Math.floor(minutes / 1440), 'd', Math.floor((minutes % 1440) / 60), 'h')
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
