import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import path from 'node:path'

type Told = (argv: string[], cwd: string, data: unknown) => void

/**
 * One app for each folder of user data. The lock holds a pid; one whose process is gone is taken over. Synchronous, as in
 * Electron: when the second program has its `false`, the first one has the message already.
 */
export function claimInstance(folder: string, data: unknown, told: Told): boolean {
  const lock = path.join(folder, 'instance-lock')
  const inbox = path.join(folder, 'instance-inbox')
  mkdirSync(inbox, { recursive: true })
  if (!takeLock(lock)) {
    const letter = path.join(inbox, `${process.pid}-${Date.now()}`)
    writeFileSync(`${letter}.part`, JSON.stringify({ argv: process.argv, cwd: process.cwd(), data }))
    renameSync(`${letter}.part`, `${letter}.json`)
    return false
  }
  const read = () => {
    for (const name of readdirSync(inbox).filter((entry) => entry.endsWith('.json'))) {
      const file = path.join(inbox, name)
      const {
        argv,
        cwd,
        data: sent,
      } = JSON.parse(readFileSync(file, 'utf8')) as { argv: string[]; cwd: string; data: unknown }
      rmSync(file)
      told(argv, cwd, sent)
    }
  }
  watch(inbox, read).unref()
  process.on('exit', () => rmSync(lock, { force: true }))
  return true
}

function takeLock(lock: string): boolean {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return true
    } catch {
      if (isAlive(Number(readFileSync(lock, 'utf8')))) return false
      rmSync(lock, { force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
