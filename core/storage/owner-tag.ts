import { createHash, randomBytes } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isSameProcess, ownStart, processStart, pidExists } from '../platform/index.ts'

/** Who holds a lock, or works on a half-made thing. */
export interface LockOwner {
  readonly pid: number
  /** The start of that process, in a form that fits a file name; null where the system would not tell. */
  readonly start: string | null
  /** Stands for a machine, or rather for a set of pids: two containers on one machine have their own. */
  readonly host: string
  /** Random: tells two locks of one process apart. */
  readonly id: string
}

/** This process as an owner, with a fresh id. */
export async function newOwner(): Promise<LockOwner> {
  const start = await ownStart()
  return {
    pid: process.pid,
    start: start === null ? null : fileSafe(start),
    host: thisHost(),
    id: randomBytes(8).toString('hex'),
  }
}

/**
 * An owner as a file name. The name says it all, since a name is there or not: the text of a file may be missing after a
 * power cut.
 */
export function ownerTag(owner: LockOwner): string {
  return [owner.pid, owner.start ?? 'unknown', owner.host, owner.id].join('~')
}

/** The owner that a file name ends with, if it does. */
export function ownerInName(name: string): LockOwner | undefined {
  const [, pid, start, host, id] = /(?:^|~)(\d+)~([\w.]+)~([\da-f]{8})~([\da-f]{16})$/u.exec(name) ?? []
  if (pid === undefined || start === undefined || host === undefined || id === undefined) return undefined
  return { pid: Number(pid), start: start === 'unknown' ? null : start, host, id }
}

/** Whether an owner lives, as far as this machine can tell: `elsewhere` is for who shares the disk, but not the process table. */
export async function ownerState(owner: LockOwner): Promise<'alive' | 'dead' | 'elsewhere'> {
  if (owner.host !== thisHost()) return 'elsewhere'
  if (owner.start === null) return (await isSameProcess(owner.pid, null)) ? 'alive' : 'dead'
  if (!pidExists(owner.pid)) return 'dead'
  const now = owner.pid === process.pid ? await ownStart() : await processStart(owner.pid)
  if (now === null) return pidExists(owner.pid) ? 'alive' : 'dead'
  return fileSafe(now) === owner.start ? 'alive' : 'dead'
}

let host: string | undefined

function thisHost(): string {
  host ??= createHash('sha256').update(`${hostname()}\0${pidNamespace()}`).digest('hex').slice(0, 8)
  return host
}

function pidNamespace(): string {
  try {
    return process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : ''
  } catch {
    return ''
  }
}

function fileSafe(start: string): string {
  return start.replaceAll(/[^\w.]/gu, '_')
}
