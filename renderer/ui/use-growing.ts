import { useEffect, useState } from 'react'

/** What fits on a screen is drawn at once; of the rest so many in each task that none is felt. */
const first = 8
const step = 6

/** How many of a long list's heavy entries are to be drawn by now. */
export function useGrowing(count: number): number {
  const [drawn, setDrawn] = useState(first)
  useEffect(() => {
    if (drawn >= count) return
    const timer = setTimeout(() => setDrawn(drawn + step))
    return () => clearTimeout(timer)
  }, [drawn, count])
  return Math.min(drawn, count)
}
