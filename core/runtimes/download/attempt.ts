import { AppError } from '../../../contract/index.ts'
import { AddressFailure, blockedPage, cancelled, networkError, shownUrl, statusError } from './failures.ts'
import { FetchError } from './fetch.ts'
import type { FetchResponse } from './fetch.ts'
import { StoreFailure } from './partial-file.ts'
import type { Leftover, PartialFile } from './partial-file.ts'
import { errorVerdict, retryAfterMs, statusVerdict } from './retry.ts'
import { withinSilence } from './silence.ts'
import type { DownloadDeps, DownloadPlan } from './types.ts'

/** One request. Afterwards the partial file holds everything that the server said there is. */
export async function attempt(
  url: string,
  plan: DownloadPlan,
  partial: PartialFile,
  deps: DownloadDeps & { readonly noCache: boolean },
): Promise<void> {
  const { timings, signal } = deps
  const leftover = await partial.leftover(plan.sha256)
  if (leftover && leftover.bytes === leftover.facts.total) return await partial.resume(leftover.bytes)
  const headers = {
    // Some gateways refuse a caller without a name.
    'user-agent': 'beep-python-host',
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
    await partial.begin({ url: shownUrl(url), etag, lastModified, total: total ?? null, sha256: plan.sha256 })
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
  return new AddressFailure('again', networkError(url, new FetchError('ECONNRESET', text)))
}

/** If-Range makes the server send the whole where its file is another one. From another address only the size can be compared; the hash has the last word. */
function rangeHeaders(url: string, { bytes, facts }: Leftover): Record<string, string> {
  const validator = facts.etag && !facts.etag.startsWith('W/') ? facts.etag : facts.lastModified
  return { range: `bytes=${bytes}-`, ...(facts.url === shownUrl(url) && validator ? { 'if-range': validator } : {}) }
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
  const failure = error as NodeJS.ErrnoException
  return new AddressFailure(errorVerdict(failure.code ?? ''), networkError(url, failure))
}
