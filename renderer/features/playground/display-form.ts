/** How a display is put on the page. `text` is always there: for who does not see the other form. */
export type DisplayForm =
  | { readonly kind: 'image'; readonly address: string; readonly type: string; readonly text: string }
  | { readonly kind: 'html'; readonly html: string; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }

/** Pictures that every browser shows, the best first. */
const imageTypes = ['image/svg+xml', 'image/png', 'image/webp', 'image/jpeg', 'image/gif'] as const
/** Characters: more of it than this would stop the window, and its plain form says enough. */
const maxHtml = 2_000_000
const maxImage = 30_000_000

/** The richest form that is safe and of a size that a page can bear. */
export function displayForm(data: Readonly<Record<string, string>>): DisplayForm {
  const text = data['text/plain'] ?? ''
  for (const type of imageTypes) {
    const content = data[type]
    // In a picture element nothing of a drawing can run.
    if (content !== undefined && content.length <= maxImage) {
      return { kind: 'image', type, text, address: imageAddress(type, content) }
    }
  }
  const html = data['text/html']
  if (html !== undefined && html.length <= maxHtml) return { kind: 'html', html, text }
  return { kind: 'text', text }
}

function imageAddress(type: string, content: string): string {
  // A drawing may come as the text that it is.
  if (content.trimStart().startsWith('<')) return `data:${type};charset=utf-8,${encodeURIComponent(content)}`
  return `data:${type};base64,${content.replaceAll(/\s/gu, '')}`
}

export interface FrameLook {
  readonly scheme: 'light' | 'dark'
  readonly text: string
  readonly background: string
  readonly line: string
}

/**
 * A page of its own for HTML that some code made. It stands in a frame without scripts, and may load nothing: its policy lets
 * pictures and styles in that it brings along.
 */
export function frameDocument(html: string, { scheme, text, background, line }: FrameLook): string {
  const policy = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"
  const style = [
    `:root { color-scheme: ${scheme}; }`,
    `body { margin: 8px; font: 13px/1.45 system-ui, sans-serif; color: ${text}; background: ${background}; }`,
    'table { border-collapse: collapse; font-variant-numeric: tabular-nums; }',
    `th, td { padding: 3px 9px; border: 1px solid ${line}; text-align: right; }`,
    'img { max-width: 100%; }',
  ].join(' ')
  const head = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><style>${style}</style>`
  return `<!doctype html><html><head>${head}</head><body>${html}</body></html>`
}

/** Pixels for a frame that cannot be measured: by the rows of its table, within bounds. */
export function frameHeight(html: string): number {
  const rows = html.match(/<tr\b/giu)?.length ?? 0
  return rows === 0 ? 220 : Math.min(420, 40 + rows * 26)
}
