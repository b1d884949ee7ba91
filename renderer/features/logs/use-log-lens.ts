import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react'
import { linesOf, useLogs, watchLog } from '../../stores/logs.ts'
import { LogLens } from './log-lens.ts'
import type { LogFilter } from './log-lens.ts'
import { LogSearch } from './log-search.ts'

/** Milliseconds between two looks: ten pictures a second are live for a reader, and cost the same at any rate of lines. */
const lookMs = 100

export interface ShownLog {
  readonly lens: LogLens
  readonly search: LogSearch
  /** Lines that came while paused. */
  readonly waiting: number
}

/** Watches the logs of these servers; while paused, what is on screen stays as it is. */
export function useLogLens(servers: readonly string[], filter: LogFilter, query: string, isPaused: boolean): ShownLog {
  const { source, stream } = filter
  const key = servers.join('\n')
  const names = useMemo(() => (key === '' ? [] : key.split('\n')), [key])
  const lens = useMemo(() => {
    const made = new LogLens(names, linesOf, { source, stream })
    made.update()
    return made
  }, [names, source, stream])
  const search = useMemo(() => {
    const made = new LogSearch(lens, query)
    made.update()
    return made
  }, [lens, query])
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const paused = useRef(isPaused)
  paused.current = isPaused

  useEffect(() => {
    const stops = names.map((name) => watchLog(name))
    return () => {
      for (const stop of stops) stop()
    }
  }, [names])

  const look = useCallback(() => {
    // A log that was empty when one paused has nothing to keep still.
    if (!paused.current || lens.lines.length === 0) {
      lens.update()
      search.update()
    }
    redraw()
  }, [lens, search])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = useLogs.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined
        look()
      }, lookMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [look])
  useEffect(() => {
    if (!isPaused) look()
  }, [isPaused, look])

  return { lens, search, waiting: isPaused ? lens.waiting : 0 }
}
