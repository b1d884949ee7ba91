import { StringDecoder } from 'node:string_decoder'
import { HiddenLine } from './hidden-line.ts'
import type { Io } from './io.ts'

/** What the user types, or what is piped in, line by line. */
export interface LineInput {
  /** The next line without its end; null at the end of the input. */
  readonly next: () => Promise<string | null>
  /** The same, unseen where it is typed. A Ctrl+C among it is told to `onInterrupt`, and the wait goes on. */
  readonly nextHidden: (onInterrupt: () => void) => Promise<string | null>
  /** Gives the terminal back as it was; what waits is not answered any more. */
  readonly close: () => void
}

/** Reads nothing before it is asked: somebody else may want what is there. */
export function createLineInput({ stdin }: Pick<Io, 'stdin'>): LineInput {
  const decoder = new StringDecoder('utf8')
  const chunks = lazily(() => stdin[Symbol.asyncIterator]())
  let rest = ''
  let isHiding = false
  const hide = (isHidden: boolean) => {
    if (isHiding !== isHidden) stdin.setRawMode?.(isHidden)
    isHiding = isHidden
  }
  /** More text; null at the end. */
  const more = async (): Promise<string | null> => {
    const { done, value } = await chunks().next()
    return done ? null : decoder.write(Buffer.from(value))
  }
  const next = async () => {
    for (;;) {
      const end = rest.indexOf('\n')
      if (end !== -1) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 1)
        return line.replace(/\r$/u, '')
      }
      const text = await more()
      if (text === null) {
        const last = rest
        rest = ''
        return last === '' ? null : last
      }
      rest += text
    }
  }
  return {
    next,
    async nextHidden(onInterrupt) {
      if (stdin.isTTY !== true || stdin.setRawMode === undefined) return next()
      const line = new HiddenLine()
      hide(true)
      try {
        let text: string | null = rest
        rest = ''
        for (;;) {
          if (text === null) return null
          const found = line.take(text)
          if (found.interrupts) onInterrupt()
          if (found.ended !== undefined) {
            rest = found.rest
            return found.ended
          }
          text = await more()
        }
      } finally {
        hide(false)
      }
    },
    close: () => hide(false),
  }
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
