import { useCallback, useEffect, useRef, useState } from 'react'
import { toErrorInfo } from '../../contract/index.ts'
import type { ErrorInfo } from '../../contract/index.ts'

export interface Answer<T> {
  /** Undefined until the first one; an older one stays where the next fails. */
  readonly answer: T | undefined
  readonly error: ErrorInfo | undefined
  readonly load: () => void
}

/** What a screen asks for itself: at first, whenever the question is another one or one of `after` has changed, and by `load`. */
export function useAnswer<T>(ask: () => Promise<T>, after: readonly unknown[]): Answer<T> {
  const [answer, setAnswer] = useState<T>()
  const [error, setError] = useState<ErrorInfo>()
  // Of several questions under way, the answer to the last one counts.
  const turn = useRef(0)
  const load = useCallback(() => {
    const mine = (turn.current += 1)
    ask().then(
      (found) => {
        if (mine !== turn.current) return
        setError(undefined)
        setAnswer(() => found)
      },
      (thrown: unknown) => {
        if (mine === turn.current) setError(toErrorInfo(thrown))
      },
    )
  }, [ask])
  useEffect(load, [load, ...after])
  return { answer, error, load }
}
