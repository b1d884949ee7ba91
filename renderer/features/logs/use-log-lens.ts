import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react'
import { linesOf, useLogs, watchLog } from '../../stores/logs.ts'
import { LogLens, lensLines } from './log-lens.ts'
import type { LogFilter } from './log-lens.ts'
import { LogSearch } from './log-search.ts'

/** Milliseconds between two looks, at the least: ten pictures a second are live for a reader, and cost the same at any rate of lines. */
const lookMs = 100

export interface ShownLog {
  readonly lens: LogLens
  readonly search: LogSearch
  /** Lines that came while paused. */
  readonly waiting: number
}

/** Watches the logs of these servers; while paused, what is on screen stays as it is. */
export function useLogLens(servers: readonly string[], filter: LogFilter, query: string, isPaused: boolean): ShownLog {
  const { source, stream, level } = filter
  const key = servers.join('\n')
  const names = useMemo(() => (key === '' ? [] : key.split('\n')), [key])
  const lens = useMemo(() => {
    const made = new LogLens(names, linesOf, { source, stream, level })
    made.update()
    return made
  }, [names, source, stream, level])
  const search = useMemo(() => {
    const made = new LogSearch(lens, query)
    made.update()
    return made
  }, [lens, query])
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const paused = useRef(isPaused)
  paused.current = isPaused

  useEffect(() => {
    const stops = names.map((name) => watchLog(name, shareOf(names.length)))
    return () => {
      for (const stop of stops) stop()
    }
  }, [names])

  const look = useCallback(() => {
    // A log that was empty when one paused has nothing to keep still.
    if (!paused.current || lens.lines.length === 0) {
      const from = lens.update()
      if (from !== undefined) search.update(from)
    }
    redraw()
  }, [lens, search])

  useEffect(() => everySoOften((changed) => useLogs.subscribe(changed), look), [look])
  useEffect(() => {
    if (!isPaused) look()
  }, [isPaused, look])

  return { lens, search, waiting: isPaused ? lens.waiting : 0 }
}

/**
 * Looks after a change, at the next picture that the window draws, and not sooner than `lookMs` after the look before: a hidden
 * window draws none. Returns the way to stop.
 */
function everySoOften(subscribe: (changed: () => void) => () => void, look: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = 0
  let last = -Infinity
  const stop = subscribe(() => {
    timer ??= setTimeout(
      () => {
        frame = requestAnimationFrame((now) => {
          timer = undefined
          last = now
          look()
        })
      },
      Math.max(0, last + lookMs - performance.now()),
    )
  })
  return () => {
    stop()
    clearTimeout(timer)
    cancelAnimationFrame(frame)
  }
}

/** Lines to keep of each of so many logs: together no more than a lens shows, and of each enough to read what came last. */
function shareOf(servers: number): number {
  return Math.max(2000, Math.floor(lensLines / Math.max(1, servers)))
}
