import { useEffect } from 'react'

/** Ctrl or Cmd + Enter from anywhere on the screen; in the editor it has its own hold on the key. */
export function useRunKey(onRun: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      if (event.target instanceof Element && event.target.closest('[role="dialog"]') !== null) return
      event.preventDefault()
      onRun()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [onRun])
}
