import { pathToFileURL } from 'node:url'

/**
 * What the files of an environment say of the place that they were made for, said of another one. Files are taken as bytes, one
 * character a byte, since nobody knows their encoding.
 */
export interface Move {
  readonly from: string
  readonly to: string
  readonly platform: NodeJS.Platform
}

/** Characters of a first line that every kernel reads whole. Source: execve(2), "the kernel imposes a maximum length". */
const longestHeader = 127

/** A text with every mention of the old place replaced: as a path, as a path in JSON, as a file address. Undefined: there is none. */
export function relocatedText(bytes: Buffer, move: Move): Buffer | undefined {
  if (bytes.includes(0)) return undefined
  const text = bytes.toString('latin1')
  const changed = replaceRoot(text, move)
  return changed === text ? undefined : Buffer.from(changed, 'latin1')
}

/** The same for a script, whose first line names its interpreter in a form that depends on what that path looks like. */
export function relocatedScript(bytes: Buffer, move: Move): Buffer | undefined {
  if (bytes.includes(0)) return undefined
  const text = bytes.toString('latin1')
  const header = readHeader(text, asBytes(move.from))
  if (!header) return relocatedText(bytes, move)
  const interpreter = asBytes(move.to) + header.inside
  const body = replaceRoot(text.slice(header.length), move)
  return Buffer.from(writeHeader(interpreter, header.options, move.platform) + body, 'latin1')
}

interface Header {
  /** What follows the root in the interpreter's path: `/bin/python`. */
  readonly inside: string
  readonly options: string
  readonly length: number
}

/** A plain first line, or the shell's way around one that would be too long or holds a space (pip's with ", uv's with '). */
function readHeader(text: string, from: string): Header | undefined {
  const plain = new RegExp(
    `^#!\\s*"?${escaped(from)}([\\\\/][^"\\r\\n]*?)"?((?:[ \\t]+-[^\\r\\n]*)?)\\r?\\n`,
    'u',
  ).exec(text)
  if (plain) return { inside: plain[1]!, options: plain[2]!, length: plain[0].length }
  const roots = `(?:"${escaped(from)}([^"\\n]*)"|'${escaped(shellQuoted(from))}([^'\\n]*)'|${escaped(from)}(\\S*))`
  const shell = new RegExp(`^#!/bin/sh\\r?\\n'''exec' ${roots}([^\\n]*?) "\\$0" "\\$@"\\r?\\n' '''\\r?\\n`, 'u').exec(
    text,
  )
  if (!shell) return undefined
  return { inside: shell[1] ?? shell[2] ?? shell[3] ?? '', options: shell[4]!, length: shell[0].length }
}

function writeHeader(interpreter: string, options: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `#!${/\s/u.test(interpreter) ? `"${interpreter}"` : interpreter}${options}\r\n`
  const plain = `#!${interpreter}${options}\n`
  if (!/\s/u.test(interpreter) && plain.length <= longestHeader) return plain
  return `#!/bin/sh\n'''exec' '${shellQuoted(interpreter)}'${options} "$0" "$@"\n' '''\n`
}

/** For the inside of single quotes; nothing else is special there. */
function shellQuoted(text: string): string {
  return text.replaceAll("'", `'"'"'`)
}

/** Only where the path ends or goes on below it: `/e/a` is no part of `/e/ab`. */
function replaceRoot(text: string, { from, to, platform }: Move): string {
  const windows = platform === 'win32'
  const forms: (readonly [string, string])[] = [
    [from, to],
    [pathToFileURL(from, { windows }).href, pathToFileURL(to, { windows }).href],
  ]
  if (windows) {
    forms.push([from.replaceAll('\\', '\\\\'), to.replaceAll('\\', '\\\\')])
    forms.push([from.replaceAll('\\', '/'), to.replaceAll('\\', '/')])
  }
  let changed = text
  for (const [old, fresh] of forms) {
    const pattern = new RegExp(`${escaped(asBytes(old))}(?=[/\\\\"'\\r\\n:;,]|$)`, windows ? 'giu' : 'gu')
    changed = changed.replaceAll(pattern, () => asBytes(fresh))
  }
  return changed
}

function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')
}
