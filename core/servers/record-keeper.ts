import type { Layout } from '../platform/index.ts'
import { removeOwnership, writeOwnership } from './ownership.ts'
import type { OwnershipRecord } from './ownership.ts'

/** Keeps the ownership record of a run up to date, off the path of the start. */
export interface RecordKeeper {
  /** Something has changed. Several changes at once are one write. */
  readonly touch: () => void
  /** Settles when the record says what was so at the last touch. */
  readonly written: () => Promise<void>
  /** Ends the keeping; the record goes with it, unless something is left that the next host must know of. */
  readonly close: (keep: boolean) => Promise<void>
}

export function keepRecord(
  layout: Layout,
  name: string,
  facts: () => Promise<Omit<OwnershipRecord, 'version' | 'owner' | 'name'>>,
  onProblem: (error: unknown) => void,
): RecordKeeper {
  let work: Promise<void> = Promise.resolve()
  let isQueued = false
  let isClosed = false
  return {
    touch() {
      if (isQueued || isClosed) return
      isQueued = true
      work = work
        .then(async () => {
          isQueued = false
          if (!isClosed) await writeOwnership(layout, { name, ...(await facts()) })
        })
        .catch(onProblem)
    },
    written: () => work,
    async close(keep) {
      isClosed = true
      await work
      if (!keep) await removeOwnership(layout, name).catch(onProblem)
    },
  }
}
