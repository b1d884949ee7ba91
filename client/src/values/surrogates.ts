// Python's text may hold lone surrogates (file names do), which UTF-8 proper cannot say. The wire carries such text as
// UTF-8 with `surrogatepass`: each lone surrogate as the three bytes it would have if it were a character.

/** @param text with lone surrogates */
export function surrogatePassBytes(text: string): Buffer {
  const parts = text.split(/(\p{Surrogate})/u) // odd places hold the lone ones
  return Buffer.concat(
    parts.map((part, place) => {
      if (place % 2 === 0) return Buffer.from(part, 'utf8')
      const unit = part.charCodeAt(0)
      return Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)])
    }),
  )
}

export function surrogatePassText(bytes: Buffer): string {
  const parts = bytes.toString('latin1').split(/(\xed[\xa0-\xbf][\x80-\xbf])/)
  return parts
    .map((part, place) => {
      const raw = Buffer.from(part, 'latin1')
      if (place % 2 === 0) return raw.toString('utf8')
      return String.fromCharCode(0xd000 | (((raw[1] ?? 0) & 0x3f) << 6) | ((raw[2] ?? 0) & 0x3f))
    })
    .join('')
}
