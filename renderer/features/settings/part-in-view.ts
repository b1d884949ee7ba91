import { useEffect, useState } from 'react'

const prefix = 'settings-'

export function idOf(part: string): string {
  return `${prefix}${part}`
}

/** Goes to a part: the eyes, and the Tab key, which goes on inside of it. */
export function showPart(part: string): void {
  const element = document.querySelector<HTMLElement>(`#${CSS.escape(idOf(part))}`)
  element?.scrollIntoView()
  element?.focus({ preventScroll: true })
}

/** The part that is looked at: the one that was asked for as long as any of it is to be seen, else the first that is. */
export function usePartInView(asked: string | undefined): string | undefined {
  const [seen, setSeen] = useState<readonly string[]>([])
  useEffect(() => {
    const elements = Array.from(document.querySelectorAll(`[id^="${prefix}"].parted-part`))
    const all = elements.map(({ id }) => id)
    const observer = new IntersectionObserver(
      (entries) => {
        const is = new Map(entries.map(({ target, isIntersecting }) => [target.id, isIntersecting]))
        setSeen((before) => all.filter((id) => is.get(id) ?? before.includes(id)))
      },
      // What lies under the header, or just below it, is on its way out.
      { rootMargin: '-110px 0px 0px 0px' },
    )
    for (const element of elements) observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const parts = seen.map((id) => id.slice(prefix.length))
  return asked !== undefined && parts.includes(asked) ? asked : parts[0]
}
