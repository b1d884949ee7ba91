import { Code } from '@mantine/core'

/** A sentence of the host, whose `commands` stand in back-ticks. */
export function Prose({ text }: { readonly text: string }) {
  const parts = text.split('`')
  // An odd back-tick ends nothing: the text stays as it is.
  if (parts.length % 2 === 0) return text
  return parts.map((part, index) => {
    const key = `${index} ${part}`
    return index % 2 === 1 ? <Code key={key}>{part}</Code> : <span key={key}>{part}</span>
  })
}
