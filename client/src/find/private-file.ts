import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { parseJsonObject } from '../values/json.ts'
import type { JsonObject } from '../values/json.ts'

/** A file that says where to connect and with which token: read only if nobody else can have written it. */
export type PrivateFile =
  | { readonly state: 'read'; readonly content: JsonObject }
  | { readonly state: 'missing' }
  | { readonly state: 'refused'; readonly reason: string }

// Such a file holds a few hundred bytes; what is larger is none of ours.
const largestBytes = 1024 * 1024

export interface FileFacts {
  readonly isFile: boolean
  readonly size: number
  readonly uid: number
  readonly mode: number
}

/** Why a file must not be trusted; undefined when it may. `uid` is the caller's own, undefined on Windows. */
export function distrust(facts: FileFacts, uid: number | undefined): string | undefined {
  if (!facts.isFile) return 'it is no regular file'
  if (facts.size > largestBytes) return `it is larger than ${largestBytes} bytes`
  if (uid === undefined) return undefined // Windows: the user's folder is private by its access list
  if (facts.uid !== uid) return `it belongs to user ${facts.uid}, not to you (${uid})`
  if ((facts.mode & 0o022) !== 0) return `other users may write it (mode ${(facts.mode & 0o777).toString(8)})`
  return undefined
}

/** Never throws: a file that cannot be read is `refused`, with the reason. */
export async function readPrivateFile(path: string): Promise<PrivateFile> {
  try {
    // Non-blocking, so that a named pipe in that place cannot hold us up.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const stat = await file.stat() // of the opened file, so that it cannot be exchanged in between
      const facts = { isFile: stat.isFile(), size: stat.size, uid: stat.uid, mode: stat.mode }
      const reason = distrust(facts, process.getuid?.())
      if (reason !== undefined) return { state: 'refused', reason }
      const content = parseJsonObject((await file.readFile('utf8')).replace(/^\uFEFF/, ''))
      return content === undefined
        ? { state: 'refused', reason: 'it holds no JSON object' }
        : { state: 'read', content }
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return { state: 'missing' }
    return { state: 'refused', reason: `it cannot be read (${code})` }
  }
}
