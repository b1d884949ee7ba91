/** A value in wire form with the bytes that travelled beside the JSON put into it: one document holds it all. */
export function inlineAttachments(value: unknown, attachments: readonly Uint8Array[]): unknown {
  if (attachments.length === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => inlineAttachments(item, attachments))
  const { attachment, ...rest } = value as Record<string, unknown>
  if ('$type' in rest && typeof attachment === 'number') {
    return { ...rest, base64: Buffer.from(attachments[attachment] ?? []).toString('base64') }
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inlineAttachments(item, attachments)]))
}
