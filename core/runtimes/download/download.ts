import { stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import { diskFull, fileFailure, hasErrno } from '../../storage/index.ts'
import { attempt } from './attempt.ts'
import { AddressFailure, allFailed, cancelled, hashMismatch, shownUrl } from './failures.ts'
import { PartialFile, StoreFailure } from './partial-file.ts'
import { jitterMs } from './retry.ts'
import type { DownloadDeps, DownloadPlan, DownloadProgress } from './types.ts'

/** Tries again per address, beside the first one. */
const retries = 5
/** Bytes of progress after which a broken connection is a new one, and not one more failure in a row. */
const progressBytes = 256 * 1024

/**
 * Downloads a file whose hash is known: goes on where an earlier try stopped, tries again where that may help, goes to the next
 * address where it will not, and gives the file its name only when its hash is right.
 * @returns the address that it came from, without its secrets
 * @throws NETWORK, DOWNLOAD_NOT_FOUND, BLOCKED_PAGE, HASH_MISMATCH, DISK_FULL, PERMISSION_DENIED, CANCELLED
 */
export async function download(plan: DownloadPlan, deps: DownloadDeps): Promise<string> {
  const partial = new PartialFile(plan.target)
  const failures: { url: string; error: AppError }[] = []
  const progress = monotonic(deps.onProgress)
  try {
    for (const url of plan.urls) {
      try {
        await fromAddress(url, plan, partial, { ...deps, onProgress: progress.tell })
        return shownUrl(url)
      } catch (error) {
        if (!(error instanceof AddressFailure)) throw error
        failures.push({ url, error: error.error })
      }
    }
  } catch (error) {
    throw error instanceof StoreFailure ? await localFailure(error, progress.total(), plan, deps) : error
  } finally {
    await partial.close()
  }
  throw allFailed(failures)
}

/** One address, until it gave the file or has failed for good. */
async function fromAddress(url: string, plan: DownloadPlan, partial: PartialFile, deps: DownloadDeps): Promise<void> {
  let inARow = 0
  let isSecondChance = false
  let reached = 0
  for (;;) {
    try {
      await attempt(url, plan, partial, { ...deps, noCache: isSecondChance })
      const actual = partial.sha256()
      if (actual === plan.sha256) return await partial.finish()
      const bytes = partial.bytes
      await partial.discard()
      const error = hashMismatch(plan.name, { expected: plan.sha256, actual, bytes, from: shownUrl(url) })
      if (isSecondChance) throw new AddressFailure('next', error)
      // A cache on the way may have gone bad; it is told to fetch the file anew, once.
      isSecondChance = true
      reached = 0
    } catch (error) {
      if (!(error instanceof AddressFailure) || error.verdict === 'next') throw error
      await partial.close()
      inARow = partial.bytes >= reached + progressBytes ? 1 : inARow + 1
      reached = Math.max(reached, partial.bytes)
      if (inARow > retries) throw error
      const wait = error.waitMs ?? jitterMs(inARow - 1, deps.timings.retryBaseMs, Math.random())
      const note = `${error.error.message}; trying again`
      deps.onProgress({ bytesDone: partial.bytes, bytesTotal: undefined, note })
      await pause(wait, deps.signal)
    }
  }
}

async function localFailure(
  failure: StoreFailure,
  total: number | undefined,
  plan: DownloadPlan,
  deps: DownloadDeps,
): Promise<AppError> {
  const { cause } = failure
  if (cause instanceof AppError && cause.code !== 'DISK_FULL') return cause
  const folder = path.dirname(plan.target)
  const isFull = cause instanceof AppError || hasErrno(cause, 'ENOSPC', 'EDQUOT')
  if (!isFull) return fileFailure(cause, `Could not store ${plan.name}`, folder)
  const { size = 0 } = (await stat(`${plan.target}.part`).catch(() => undefined)) ?? {}
  return diskFull(`Downloading ${plan.name}`, folder, Math.max(0, (total ?? 0) - size), await deps.freeBytes(folder))
}

/** A restart begins at zero again, and a screen would jump: the figure waits until it is passed. */
function monotonic(tell: (progress: DownloadProgress) => void) {
  let done = 0
  let total: number | undefined
  return {
    total: () => total,
    tell({ bytesDone, bytesTotal, note }: DownloadProgress) {
      done = Math.max(done, bytesDone)
      total = bytesTotal ?? total
      tell({ bytesDone: total === undefined ? done : Math.min(done, total), bytesTotal: total, note })
    },
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw cancelled()
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
  if (signal.aborted) throw cancelled()
}
