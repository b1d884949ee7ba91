import type { Redact } from '../events/index.ts'
import type { Part } from './part.ts'

/** The parts under names that may be shown, and that an archive can hold on every system. A name that tells a secret gets a number. */
export function shownParts(parts: readonly Part[], redact: Redact): readonly Part[] {
  const taken = new Set(parts.map(({ name }) => name))
  let number = 0
  const numbered = (name: string) => {
    const slash = name.lastIndexOf('/')
    let other: string
    do other = `${name.slice(0, slash + 1)}hidden-${++number}${/\.\w+$/u.exec(name)?.[0] ?? ''}`
    while (taken.has(other))
    return other
  }
  return parts.map((part) => ({
    ...part,
    name: redact(part.name) === part.name ? part.name : numbered(part.name),
    title: redact(part.title),
  }))
}
