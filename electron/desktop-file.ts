import path from 'node:path'
import { desktopFileSchema } from '../contract/index.ts'
import type { DesktopFile } from '../contract/index.ts'
import { readJson, writeJson } from '../core/index.ts'

/** What is remembered from start to start. */
export interface Memory {
  readonly get: () => DesktopFile
  /** Remembers at once; on disk a little later, for a window that is dragged changes all the time. */
  readonly change: (change: Partial<Omit<DesktopFile, 'version'>>) => void
  /** Writes what waits to be written. */
  readonly flush: () => Promise<void>
}

/** Milliseconds. */
const writeAfterMs = 500

/** A file that is missing or damaged is no reason to complain: the window opens where it does the first time. */
export async function openMemory(folder: string, log: (text: string) => void): Promise<Memory> {
  const file = path.join(folder, 'window.json')
  let memory: DesktopFile = desktopFileSchema.parse({ version: 1 })
  try {
    const found = await readJson(file, desktopFileSchema, { setAside: true })
    if (found.state === 'ok') memory = found.value
    if (found.state === 'unreadable') log(`window: ${found.problem.message}`)
  } catch (error) {
    log(`window: ${(error as Error).message}`)
  }
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()
  const flush = () => {
    if (timer === undefined) return writing
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(() => writeJson(file, memory)).catch((error: Error) => log(`window: ${error.message}`))
    return writing
  }
  return {
    get: () => memory,
    change(change) {
      memory = { ...memory, ...change }
      timer ??= setTimeout(() => void flush(), writeAfterMs)
    },
    flush,
  }
}
