import type { SessionOptions } from '../../../contract/index.ts'

/** Hours without use after which a session that was opened here is closed: a lunch and a meeting. */
export const leaseHours = 4

const mebibyte = 1024 * 1024

/** As typed; undefined: no limit. */
export interface SessionForm {
  readonly name: string
  readonly ownProcess: boolean
  /** Counts with a process of its own only. */
  readonly memoryMiB: number | undefined
  readonly seconds: number | undefined
}

export const emptySession: SessionForm = { name: '', ownProcess: false, memoryMiB: undefined, seconds: undefined }

export function optionsFrom({ name, ownProcess, memoryMiB, seconds }: SessionForm): SessionOptions {
  return {
    leaseSeconds: leaseHours * 3600,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(ownProcess ? { ownProcess } : {}),
    ...(ownProcess && memoryMiB !== undefined ? { memoryLimitBytes: memoryMiB * mebibyte } : {}),
    ...(seconds === undefined ? {} : { timeoutSeconds: seconds }),
  }
}
