import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { LogLine } from '../../../contract/index.ts'
import { nameProblem } from '../../../contract/index.ts'
import type { EventHub, Secrets } from '../../events/index.ts'
import type { Layout } from '../../platform/index.ts'
import { readLogFiles } from './log-files.ts'
import { openServerLog } from './server-log.ts'
import type { ServerLog } from './server-log.ts'

/** The logs of all servers, `logs/<name>/`. */
export interface LogStore {
  /** The log to write to; one for each server and host. */
  readonly open: (name: string, bytes: number) => Promise<ServerLog>
  /** Lines of a log, from an open one or from its files; undefined where there never was one. */
  readonly read: (name: string, count: number, after: number | undefined) => Promise<readonly LogLine[] | undefined>
  readonly remove: (name: string) => Promise<void>
}

export function createLogStore(layout: Layout, events: EventHub, secrets: Secrets): LogStore {
  const logs = new Map<string, Promise<ServerLog>>()
  const folderOf = (name: string) => path.join(layout.logs, name)
  const keyOf = (name: string) => name.toLocaleLowerCase('en')
  return {
    async open(name, bytes) {
      const key = keyOf(name)
      const opening =
        logs.get(key) ??
        openServerLog({
          folder: folderOf(name),
          bytes,
          mask: secrets.mask,
          onLines: (lines) => events.emit('log.appended', { server: name, lines: [...lines] }),
        })
      logs.set(key, opening)
      try {
        const log = await opening
        log.limit(bytes)
        return log
      } catch (error) {
        logs.delete(key)
        throw error
      }
    },
    async read(name, count, after) {
      const open = logs.get(keyOf(name))
      if (open) return (await open).read(count, after)
      const folder = folderOf(name)
      if (nameProblem(name) !== undefined || !(await stat(folder).catch(() => undefined))?.isDirectory())
        return undefined
      const lines = await readLogFiles(folder, count, after)
      // As they were written down, and that may have been by a version that masked less.
      return lines.map((line) => ({ ...line, text: secrets.mask(line.text) }))
    },
    async remove(name) {
      await (await logs.get(keyOf(name)))?.flush()
      logs.delete(keyOf(name))
      await rm(folderOf(name), { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
