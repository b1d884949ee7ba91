import { stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import { diskFull, fileFailure, hasErrno } from '../../storage/index.ts'
import { AddressFailure, allFailed, blockedPage, hashMismatch, networkError, statusError } from './failures.ts'
import type { Fetch, FetchResponse } from './fetch.ts'
import { PartialFile, StoreFailure } from './partial-file.ts'
import type { Leftover } from './partial-file.ts'
import { errorVerdict, jitterMs, retryAfterMs, statusVerdict } from './retry.ts'
import type { Timings } from './retry.ts'
import { withinSilence } from './silence.ts'

export interface DownloadPlan {
  /** Name of the file, for people. */
  readonly name: string
  readonly sha256: string
  /** Asked in this order. */
  readonly urls: readonly string[]
  /** Where the verified file will lie; `.part` beside it until then. */
  readonly target: string
}

export interface DownloadProgress {
  readonly bytesDone: number
  readonly bytesTotal: number | undefined
  /** What a person wants to know beside the figures. */
  readonly note: string | undefined
}

export interface DownloadDeps {
  readonly fetch: Fetch
  readonly timings: Timings
  readonly signal: AbortSignal
  readonly onProgress: (progress: DownloadProgress) => void
  /** Called when the size is known and nothing is written yet; throws DISK_FULL. */
  readonly onSize: (total: number, done: number) => Promise<void>
  readonly freeBytes: (folder: string) => Promise<number>
}

/** Tries again per address, beside the first one. */
const retries = 5
/** Bytes of progress after which a broken connection is a new one, and not one more failure in a row. */
const progressBytes = 256 * 1024

/**
 * Downloads a file whose hash is known: goes on where an earlier try stopped, tries again where that may help, goes to the next
 * address where it will not, and gives the file its name only when its hash is right.
 * @returns the address that it came from
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
        return url
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
      const error = hashMismatch(plan.name, { expected: plan.sha256, actual, bytes, from: url })
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

/** One request. Afterwards the partial file holds everything that the server said there is. */
async function attempt(
  url: string,
  plan: DownloadPlan,
  partial: PartialFile,
  deps: DownloadDeps & { readonly noCache: boolean },
): Promise<void> {
  const { timings, signal } = deps
  const leftover = await partial.leftover(plan.sha256)
  if (leftover && leftover.bytes === leftover.facts.total) return await partial.resume(leftover.bytes)
  const headers = {
    'accept-encoding': 'identity',
    ...(deps.noCache ? { 'cache-control': 'no-cache', pragma: 'no-cache' } : {}),
  }
  const range = leftover ? rangeHeaders(url, leftover) : undefined
  const stop = new AbortController()
  const both = AbortSignal.any([signal, stop.signal])
  let response: FetchResponse | undefined
  try {
    const asked = deps.fetch(url, {
      headers: { ...headers, ...range },
      signal: both,
      connectTimeoutMs: timings.connectMs,
    })
    response = await withinSilence(asked, timings.connectMs + timings.stallMs)
    const isContinued = response.status === 206 && leftover !== undefined && continues(response, leftover)
    if (response.status === 416 || (response.status === 206 && !isContinued)) {
      // The server has another file than the one we have a part of.
      await partial.discard()
      throw new AddressFailure('again', statusError(url, response.status, plan.name), 0)
    }
    if (response.status !== 200 && !isContinued) throw refusal(url, plan.name, response)
    await receive(url, response, partial, isContinued ? leftover : undefined, plan, deps)
  } catch (error) {
    throw asAddressFailure(error, url, signal)
  } finally {
    stop.abort()
    response?.close()
  }
}

async function receive(
  url: string,
  response: FetchResponse,
  partial: PartialFile,
  leftover: Leftover | undefined,
  plan: DownloadPlan,
  deps: DownloadDeps,
): Promise<void> {
  const contentType = response.header('content-type')
  const length = Number(response.header('content-length') ?? Number.NaN)
  const total = leftover
    ? (leftover.facts.total ?? undefined)
    : Number.isSafeInteger(length) && length > 0
      ? length
      : undefined
  const chunks = response.body[Symbol.asyncIterator]()
  const next = () => withinSilence(chunks.next(), deps.timings.stallMs)
  if (leftover) await partial.resume(leftover.bytes)
  let first: Uint8Array = new Uint8Array()
  while (!leftover && first.byteLength < 2) {
    const { value, done } = await next()
    if (done) break
    first = Buffer.concat([first, value])
  }
  if (!leftover && first.byteLength < 2) throw lost(url, first.byteLength, total)
  // A login page must not cost the bytes that are there already: looked at before anything is thrown away.
  if (/html/iu.test(contentType ?? '') || (!leftover && (first[0] !== 0x1f || first[1] !== 0x8b))) {
    const start = Buffer.from(first).subarray(0, 300).toString('latin1')
    throw new AddressFailure('next', blockedPage(response.url, { status: response.status, contentType, start }))
  }
  if (!leftover) {
    if (total !== undefined) await deps.onSize(total, 0)
    const [etag = null, lastModified = null] = [response.header('etag'), response.header('last-modified')]
    await partial.begin({ url, etag, lastModified, total: total ?? null, sha256: plan.sha256 })
    await partial.write(first)
  } else if (total !== undefined) {
    await deps.onSize(total, partial.bytes)
  }
  const note = leftover && total ? `continuing at ${Math.floor((leftover.bytes / total) * 100)} %` : undefined
  const tell = () => deps.onProgress({ bytesDone: partial.bytes, bytesTotal: total, note })
  tell()
  for (let step = await next(); !step.done; step = await next()) {
    await partial.write(step.value)
    tell()
    if (total !== undefined && partial.bytes > total) break
  }
  if (total !== undefined && partial.bytes < total) throw lost(url, partial.bytes, total)
}

function lost(url: string, bytes: number, total: number | undefined): AddressFailure {
  const text = `the connection was lost at ${bytes} of ${total ?? 'unknown'} bytes`
  return new AddressFailure('again', networkError(url, 'ECONNRESET', text))
}

/** If-Range makes the server send the whole where its file is another one. From another address only the size can be compared; the hash has the last word. */
function rangeHeaders(url: string, { bytes, facts }: Leftover): Record<string, string> {
  const validator = facts.etag && !facts.etag.startsWith('W/') ? facts.etag : facts.lastModified
  return { range: `bytes=${bytes}-`, ...(facts.url === url && validator ? { 'if-range': validator } : {}) }
}

function continues(response: FetchResponse, { bytes, facts }: Leftover): boolean {
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/u.exec(response.header('content-range') ?? '') ?? []
  return Number(start) === bytes && facts.total !== null && Number(total) === facts.total
}

function refusal(url: string, name: string, response: FetchResponse): AddressFailure {
  const wait = retryAfterMs(response.header('retry-after'), Date.now())
  const verdict = wait === 'too long' ? 'next' : statusVerdict(response.status)
  return new AddressFailure(verdict, statusError(url, response.status, name), wait === 'too long' ? undefined : wait)
}

/** Sorts out what a request may throw: what is decided already, a cancel, trouble with our own disk, and the rest: the network. */
function asAddressFailure(error: unknown, url: string, signal: AbortSignal): unknown {
  if (signal.aborted) return cancelled()
  if (error instanceof AddressFailure || error instanceof AppError || error instanceof StoreFailure) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  return new AddressFailure(errorVerdict(code), networkError(url, code, message || code))
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

function cancelled(): AppError {
  return new AppError('CANCELLED', 'The download was cancelled; what is there is kept')
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
