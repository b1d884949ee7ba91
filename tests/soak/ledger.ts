import { readFileSync } from 'node:fs'
import { isBackendError } from '../../client/src/index.ts'
import type { BackendErrorCode } from '../../client/src/index.ts'

/** Milliseconds after which a call counts as forgotten. Nothing takes so long, however busy the machine is. */
const forgottenAfterMs = 60_000

/** What a call may come to, beside what everybody must be ready for at that moment. */
export interface Expected<T> {
  readonly isRight?: (answer: T) => boolean
  /** It is to fail with one of these. */
  readonly fails?: readonly BackendErrorCode[]
  /** It may fail with one of these. */
  readonly mayFail?: readonly BackendErrorCode[]
}

/** The books of a soak: every call, how it ended, and what was wrong with that. */
export interface Ledger {
  /** How often each kind of call ended how: `pipe sum` → `answered` → 7. */
  readonly ends: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly calls: () => number
  /** How many wait for their answer now. */
  readonly waiting: () => number
  readonly violations: readonly string[]
  readonly violated: (what: string) => void
  /** Follows a call to its end. @returns its answer; undefined when it failed as it may. */
  readonly follow: <T>(
    what: string,
    call: Promise<T>,
    expected: Expected<T>,
    excuses: ReadonlySet<BackendErrorCode>,
  ) => Promise<T | undefined>
  /** Code that runs writes this mark once. */
  readonly newMark: () => string
  /** The call with this mark was answered: it must have run. */
  readonly answered: (mark: string) => void
  /** Compares with what the code has written. @returns how many marks there are */
  readonly checkMarks: (file: string) => number
}

export function createLedger(): Ledger {
  const ends = new Map<string, Map<string, number>>()
  const violations: string[] = []
  const answeredMarks = new Set<string>()
  let calls = 0
  let waiting = 0
  let marks = 0
  const violated = (what: string) => void violations.push(what)
  const count = (what: string, end: string) => {
    const kinds = ends.get(what) ?? ends.set(what, new Map()).get(what)!
    kinds.set(end, (kinds.get(end) ?? 0) + 1)
  }

  const judge = <T>(what: string, thrown: unknown, { fails, mayFail = [] }: Expected<T>, excuses: Excuses): string => {
    if (!isBackendError(thrown)) {
      violated(`${what}: an error without a type: ${thrown instanceof Error ? thrown.stack : String(thrown)}`)
      return 'UNTYPED'
    }
    const { code } = thrown
    if (!fails?.includes(code) && !mayFail.includes(code) && !excuses.has(code))
      violated(`${what}: ${code}, ${thrown.message} ${JSON.stringify(thrown.details).slice(0, 500)}`)
    return code
  }

  return {
    ends,
    violations,
    violated,
    calls: () => calls,
    waiting: () => waiting,
    async follow(what, call, expected, excuses) {
      calls += 1
      waiting += 1
      const { promise: forgotten, reject: forget } = Promise.withResolvers<never>()
      const timer = setTimeout(() => forget(new Error('neither answered nor failed')), forgottenAfterMs)
      try {
        const answer = await Promise.race([call, forgotten])
        count(what, 'answered')
        if (expected.fails)
          violated(`${what}: answered ${brief(answer)}, and was to fail with ${expected.fails.join()}`)
        else if (expected.isRight?.(answer) === false) violated(`${what}: a wrong answer, ${brief(answer)}`)
        return answer
      } catch (error) {
        count(what, judge(what, error, expected, excuses))
        return undefined
      } finally {
        clearTimeout(timer)
        waiting -= 1
      }
    },
    newMark: () => `m${(marks += 1)}`,
    answered: (mark) => void answeredMarks.add(mark),
    checkMarks(file) {
      const written = readFileSync(file, 'utf8').split('\n').filter(Boolean)
      const once = new Set(written)
      if (once.size < written.length) {
        const twice = written.filter((mark, index) => written.indexOf(mark) !== index)
        violated(`code ran twice: ${twice.join(', ')}`)
      }
      for (const mark of answeredMarks) if (!once.has(mark)) violated(`answered without having run: ${mark}`)
      return written.length
    },
  }
}

type Excuses = ReadonlySet<BackendErrorCode>

function brief(answer: unknown): string {
  try {
    return (JSON.stringify(answer) ?? String(answer)).slice(0, 200)
  } catch {
    return String(answer)
  }
}
