import { useCallback, useEffect, useRef, useState } from 'react'
import { lacksSizes, loadCatalog, putCatalog, useRuntimes } from '../../stores/runtimes.ts'
import { useJob } from '../../stores/use-job.ts'

/** Asks the mirrors how large the downloads are; at once where `isWanted`, if some size is missing, and once a dialog. */
export function useMeasure(isWanted: boolean) {
  const catalog = useRuntimes((state) => state.catalog)
  const measure = useJob('runtimes.measure')
  const { run } = measure
  const isAsked = useRef(false)
  /** No mirror has told some of them. */
  const [isUnanswered, setUnanswered] = useState(false)
  const ask = useCallback(async () => {
    const measured = await run({})
    if (!measured) return
    putCatalog(measured)
    setUnanswered(lacksSizes(measured))
  }, [run])
  useEffect(() => {
    // Without a catalog there is nothing to choose from; the screen behind the dialog tells why it could not be had.
    if (isWanted && catalog === undefined) void loadCatalog().catch(() => {})
    if (!isWanted || isAsked.current || !lacksSizes(catalog)) return
    isAsked.current = true
    void ask()
  }, [isWanted, catalog, ask])
  return { ask, isMeasuring: measure.isRunning, isUnanswered, error: measure.error }
}
