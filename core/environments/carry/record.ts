import { createHash } from 'node:crypto'

/** Hash and size as a RECORD has them (the packaging specifications, "Recording installed projects"). */
export function recordFacts(bytes: Uint8Array): string {
  return `sha256=${createHash('sha256').update(bytes).digest('base64url')},${bytes.byteLength}`
}

/**
 * A RECORD after some of the files that it lists have changed, or undefined where none of them has.
 * @param changed the new hash and size of a file, by the path that the RECORD gives it
 * @param moved the path that the RECORD shall give it from now on
 */
export function rewrittenRecord(
  text: string,
  changed: (file: string) => string | undefined,
  moved: (file: string) => string = (file) => file,
): string | undefined {
  const rewritten = text.replaceAll(
    /^(?:"((?:[^"]|"")*)"|([^,\r\n]*)),([^\r\n]*)$/gmu,
    (row: string, quoted: string | undefined, plain: string | undefined, rest: string) => {
      const before = quoted?.replaceAll('""', '"') ?? plain ?? ''
      const file = moved(before)
      const facts = changed(file)
      if (facts === undefined && file === before) return row
      return `${/[",\r\n]/u.test(file) ? `"${file.replaceAll('"', '""')}"` : file},${facts ?? rest}`
    },
  )
  return rewritten === text ? undefined : rewritten
}
