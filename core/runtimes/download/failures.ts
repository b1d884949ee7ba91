import { AppError } from '../../../contract/index.ts'
import type { ErrorCode } from '../../../contract/index.ts'
import { causeOf, ReachFailure, sentenceOf } from '../../network/index.ts'
import { isCertificateProblem } from './retry.ts'

/** What went wrong with one address, and whether asking it again could help. */
export class AddressFailure extends Error {
  override readonly name = 'AddressFailure'
  readonly verdict: 'again' | 'next'
  readonly error: AppError
  /** Milliseconds that the server asked to be left alone for. */
  readonly waitMs: number | undefined

  constructor(verdict: 'again' | 'next', error: AppError, waitMs?: number) {
    super(error.message)
    this.verdict = verdict
    this.error = error
    this.waitMs = waitMs
  }
}

const otherWays = 'Choose a mirror with --mirror, or download the file elsewhere and use `beep-host init --from FILE`.'

/** An address without what may be secret in it: the password, and the query. */
export function shownUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

function hostOf(url: string): string {
  const { host, pathname } = new URL(url)
  return host || pathname
}

/** What a request failed with, in the words that `network test` has for it. */
export function networkError(url: string, thrown: NodeJS.ErrnoException): AppError {
  const code = thrown.code ?? ''
  const reach = thrown instanceof ReachFailure ? thrown : undefined
  const cause = causeOf(reach ?? { code })
  const about = { host: hostOf(url), proxy: reach?.proxy, status: reach?.status, certificate: reach?.certificate }
  const { message, hint } = sentenceOf(cause, about)
  const details = { url: shownUrl(url), errno: code, cause, ...(reach?.proxy ? { proxy: reach.proxy } : {}) }
  // A certificate is never a reason to go elsewhere unsaid; for the rest there are other ways to the file.
  const ways = isCertificateProblem(code) ? hint : `${hint} ${otherWays}`
  const evidence = isCertificateProblem(code) ? code : thrown.message || code
  return new AppError('NETWORK', evidence ? `${message}: ${evidence}` : message, { hint: ways, details })
}

export function statusError(url: string, status: number, name: string): AppError {
  const details = { url: shownUrl(url), status }
  if (status === 404 || status === 410)
    return new AppError('DOWNLOAD_NOT_FOUND', `${hostOf(url)} does not have ${name} (HTTP ${status})`, {
      hint: `The mirror must hold it under its tag, or directly. ${otherWays}`,
      details,
    })
  const sentence = status === 407 ? sentenceOf('proxy-password', {}) : undefined
  const what = sentence?.message ?? `${hostOf(url)} refused`
  return new AppError('NETWORK', `${what} (HTTP ${status})`, { hint: sentence?.hint ?? otherWays, details })
}

/** HTML, or anything else that is no archive: a proxy's login page, more often than not. */
export function blockedPage(
  url: string,
  facts: { readonly status: number; readonly contentType: string | undefined; readonly start: string },
): AppError {
  const isPackageIndex = /pypi:repository-version|<title>\s*Simple index/iu.test(facts.start)
  return new AppError(
    'BLOCKED_PAGE',
    isPackageIndex
      ? `${hostOf(url)} is a package mirror, not a Python mirror`
      : `Something on the network answered instead of the server: ${hostOf(url)} sent ${facts.contentType ?? 'something'} where an archive should be`,
    {
      hint: `Log in to your network, or ask who runs its proxy. ${otherWays}`,
      details: { url: shownUrl(url), ...facts },
    },
  )
}

export function hashMismatch(
  what: string,
  hashes: { readonly expected: string; readonly actual: string; readonly bytes: number; readonly from: string },
): AppError {
  const { expected, actual, bytes, from } = hashes
  return new AppError(
    'HASH_MISMATCH',
    `${what} is not the expected file: its sha256 is ${actual}, expected ${expected}. Nothing was installed.`,
    {
      hint: 'The file was changed on its way, or the mirror has another one. Try another mirror; never install it anyway.',
      details: { expectedSha256: expected, actualSha256: actual, bytes, url: from },
    },
  )
}

export function cancelled(): AppError {
  return new AppError('CANCELLED', 'The download was cancelled; what is there is kept')
}

/** The codes by how much they tell about what is wrong. */
const telling: readonly ErrorCode[] = ['HASH_MISMATCH', 'BLOCKED_PAGE', 'NETWORK', 'DOWNLOAD_NOT_FOUND']

/** One error for all addresses: the most telling one, with the others as evidence. */
export function allFailed(failures: readonly { readonly url: string; readonly error: AppError }[]): AppError {
  const [worst] = failures
    .map(({ error }) => error)
    .toSorted((a, b) => telling.indexOf(a.code) - telling.indexOf(b.code))
  if (!worst) return new AppError('DOWNLOAD_NOT_FOUND', 'There is no address to download from', { hint: otherWays })
  const attempts = failures.map(({ url, error }) => ({
    url: shownUrl(url),
    code: error.code,
    message: error.message,
  }))
  return new AppError(worst.code, worst.message, {
    hint: worst.hint,
    details: { ...worst.details, attempts },
    cause: worst,
  })
}
