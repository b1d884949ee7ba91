import { useLayoutEffect } from 'react'

/** The row that was opened from the list, and how far from the top of the window it stood. */
let left: { readonly href: string; readonly top: number } | undefined

/** The list comes back as it was left: the row that was opened stands where it stood, and has the focus. */
export function useListReturn(): void {
  useLayoutEffect(() => {
    const row = left && document.querySelector<HTMLElement>(`a.row-link[href="${CSS.escape(left.href)}"]`)
    if (left && row) {
      row.scrollIntoView({ block: 'center' })
      window.scrollBy(0, row.getBoundingClientRect().top - left.top)
      if (isFocusFree()) row.focus({ preventScroll: true })
    }
    return () => {
      const link = document.activeElement?.closest<HTMLElement>('a.row-link')
      const href = link?.getAttribute('href')
      left = link && href ? { href, top: link.getBoundingClientRect().top } : undefined
    }
  }, [])
}

/** The page of one begins at its top, for eyes and for screen readers. */
export function useBeginning(): void {
  useLayoutEffect(() => {
    window.scrollTo(0, 0)
    if (isFocusFree()) document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }, [])
}

/** Nothing has it that would miss it, such as an open dialog. */
function isFocusFree(): boolean {
  const active = document.activeElement
  return active === null || active === document.body || active.tagName === 'MAIN'
}
