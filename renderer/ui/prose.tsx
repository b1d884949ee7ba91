import { Code } from '@mantine/core'

/** A sentence of the host, whose `commands` stand in back-ticks. */
export function Prose({ text }: { readonly text: string }) {
  const parts = text.split('`')
  // An odd back-tick ends nothing: the text stays as it is.
  if (parts.length % 2 === 0) return text
  return parts.map((part, index) => {
    const key = `${index} ${part}`
    if (index % 2 === 0) return <span key={key}>{part}</span>
    // Its background is its own, so its colour has to be, too: around it may be the white text of a filled alert. A short one
    // stays in one piece: `--ui` must not end a line with its hyphens.
    return (
      <Code key={key} c="var(--mantine-color-text)" {...(part.length < 40 ? { style: { whiteSpace: 'nowrap' } } : {})}>
        {part}
      </Code>
    )
  })
}
