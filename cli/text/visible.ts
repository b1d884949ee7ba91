/**
 * Text from outside (names, log lines, paths, error messages) on its way to a terminal. Control characters could move the
 * cursor, change colours or rewrite what stands above; invisible and direction-changing ones could make one name look like
 * another. Each becomes its escape, `\x1b` or `\u202e`. Tabs and line breaks survive where `multiline` says so.
 */
export function visible(text: string, options: { readonly multiline?: boolean } = {}): string {
  const shown = options.multiline ? text.replaceAll('\r\n', '\n') : text
  return shown.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (char) => {
    if (options.multiline && (char === '\n' || char === '\t')) return char
    const code = char.codePointAt(0)!
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Columns that a text takes up in a terminal: combining marks none, East Asian wide characters and emoji two. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/u.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += isWide(segment) ? 2 : 1
  return width
}

/** Cut to at most `columns`, with an ellipsis where something was lost. */
export function truncate(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  let kept = ''
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += isWide(segment) ? 2 : 1
    if (width > columns - 1) break
    kept += segment
  }
  return columns > 0 ? `${kept}…` : ''
}

/** The blocks that terminals draw two columns wide. Source: Unicode Standard Annex 11, East Asian Width, W and F. */
function isWide(segment: string): boolean {
  if (/\p{Emoji_Presentation}/u.test(segment)) return true
  const code = segment.codePointAt(0)!
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x20000 && code <= 0x3fffd)
  )
}
