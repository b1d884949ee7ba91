import { inspect } from 'node:util'

/** Python types that JavaScript lacks and that are plainly written as text. */
export type PythonTextKind = 'date' | 'time' | 'decimal' | 'uuid' | 'path'

/** A Python date, time, Decimal, UUID or Path: its text, and the kind so that it goes back as what it was. */
export class PythonText {
  readonly kind: PythonTextKind
  readonly text: string

  constructor(kind: PythonTextKind, text: string) {
    this.kind = kind
    this.text = text
  }

  toString(): string {
    return this.text
  }

  toJSON(): string {
    return this.text
  }

  [inspect.custom](): string {
    return `${this.kind}(${inspect(this.text)})`
  }
}

/** A Python `datetime.timedelta`, normalized as Python does: 0 <= seconds < 86400, 0 <= microseconds < 1000000. */
export class PythonTimedelta {
  readonly days: number
  readonly seconds: number
  readonly microseconds: number

  constructor(days: number, seconds = 0, microseconds = 0) {
    this.days = days
    this.seconds = seconds
    this.microseconds = microseconds
  }

  /** In milliseconds, the microseconds behind the point. */
  get totalMilliseconds(): number {
    return (this.days * 86400 + this.seconds) * 1000 + this.microseconds / 1000
  }
}

export class PythonComplex {
  readonly real: number
  readonly imag: number

  constructor(real: number, imag: number) {
    this.real = real
    this.imag = imag
  }
}

/** A Python float even where the number is whole: JavaScript cannot tell 2.0 from 2, and 2 becomes an int. */
export class PythonFloat {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** For an argument: a float, for code that does not take an int instead. */
export const pythonFloat = (value: number): PythonFloat => new PythonFloat(value)
/** For an argument: a Python `date`, as `YYYY-MM-DD`. */
export const pythonDate = (text: string): PythonText => new PythonText('date', text)
/** For an argument: a Python `time`, as `HH:MM:SS` with what ISO 8601 allows behind it. */
export const pythonTime = (text: string): PythonText => new PythonText('time', text)
export const pythonDecimal = (text: string): PythonText => new PythonText('decimal', text)
export const pythonUuid = (text: string): PythonText => new PythonText('uuid', text)
export const pythonPath = (text: string): PythonText => new PythonText('path', text)

// Arrays, sets and dates from Python remember here what JavaScript cannot say about them, so that a value that is sent
// back arrives as it left. A side table, because a property would show in comparisons and in copies.
const tuples = new WeakSet<readonly unknown[]>()
const frozenSets = new WeakSet<ReadonlySet<unknown>>()
const instants = new WeakMap<Date, { readonly text: string; readonly time: number }>()

/** Marks an array, so that Python gets a tuple. The same array is returned; tuples from Python are marked already. */
export function tuple<T extends readonly unknown[]>(items: T): T {
  tuples.add(items)
  return items
}

/** Marks a set, so that Python gets a frozenset. The same set is returned. */
export function frozenSet<T>(items: Set<T>): Set<T> {
  frozenSets.add(items)
  return items
}

export function isTuple(items: readonly unknown[]): boolean {
  return tuples.has(items)
}

export function isFrozenSet(items: ReadonlySet<unknown>): boolean {
  return frozenSets.has(items)
}

/** The ISO text of a date: Python's own where it came from Python and was not changed since, else UTC. */
export function isoText(date: Date): string {
  const known = instants.get(date)
  if (known !== undefined && known.time === date.getTime()) return known.text
  return date.toISOString().replace('Z', '+00:00') // Python before 3.11 does not read the Z
}

const iso =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?:([+-])(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?)?$/

/**
 * A Python `datetime` as a Date, cut to milliseconds; one without an offset is local time, as Python takes it.
 * Undefined for a text that is no `datetime.isoformat()`. Own parser: `Date.parse` refuses offsets with seconds.
 */
export function dateFromIso(text: string): Date | undefined {
  const parts = iso.exec(text)
  if (parts === null) return undefined
  const at = (group: number): number => Number(parts[group] ?? 0)
  const milliseconds = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3))
  const sign = parts[8]
  const date = new Date(0)
  if (sign === undefined) {
    date.setFullYear(at(1), at(2) - 1, at(3))
    date.setHours(at(4), at(5), at(6), milliseconds)
  } else {
    date.setUTCFullYear(at(1), at(2) - 1, at(3))
    date.setUTCHours(at(4), at(5), at(6), milliseconds)
    const offset = (at(9) * 3600 + at(10) * 60 + at(11)) * 1000
    date.setTime(date.getTime() - (sign === '-' ? -offset : offset))
  }
  instants.set(date, { text, time: date.getTime() })
  return date
}
