import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

export interface LogKeys {
  readonly field: RefObject<HTMLInputElement | null>
  readonly onStep: (by: 1 | -1) => void
  readonly onFollow: () => void
  readonly onWrap: () => void
}

/** The keys of a pager, as long as nothing is being typed and no dialog is open. */
export function useLogKeys(keys: LogKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return
      const { field, onStep, onFollow, onWrap } = latest.current
      const act = {
        '/': () => field.current?.select(),
        n: () => onStep(1),
        N: () => onStep(-1),
        f: onFollow,
        w: onWrap,
      }
      if (!Object.hasOwn(act, event.key)) return
      event.preventDefault()
      act[event.key as keyof typeof act]()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(input|textarea|select)$/iu.test(target.tagName) ||
      target.closest('[role="dialog"], [role="listbox"], [role="menu"]') !== null)
  )
}
