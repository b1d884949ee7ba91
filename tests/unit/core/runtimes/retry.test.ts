import { expect, it } from 'vitest'
import {
  errorVerdict,
  isCertificateProblem,
  jitterMs,
  retryAfterMs,
  statusVerdict,
  timingsOf,
} from '../../../../core/runtimes/download/retry.ts'

it('asks again where that may help', () => {
  for (const status of [408, 425, 429, 500, 502, 503, 504]) expect(statusVerdict(status), String(status)).toBe('again')
  for (const status of [400, 401, 403, 404, 407, 410, 451]) expect(statusVerdict(status), String(status)).toBe('next')
  for (const code of ['ECONNRESET', 'ETIMEDOUT', 'ESTALLED', 'EPIPE', ''])
    expect(errorVerdict(code), code).toBe('again')
  for (const code of [
    'ENOTFOUND',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ENETUNREACH',
    'CERT_HAS_EXPIRED',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_PROXY_TUNNEL',
  ])
    expect(errorVerdict(code), code).toBe('next')
  expect(isCertificateProblem('SELF_SIGNED_CERT_IN_CHAIN')).toBe(true)
  expect(isCertificateProblem('ECONNRESET')).toBe(false)
})

it('waits anything up to a bound that doubles, thirty seconds at most', () => {
  expect([0, 1, 2, 10].map((attempt) => jitterMs(attempt, 1000, 1))).toEqual([1000, 2000, 4000, 30_000])
  expect(jitterMs(3, 1000, 0)).toBe(0)
  expect(jitterMs(3, 1000, 0.5)).toBe(4000)
})

it('reads what a server asks for', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  expect(retryAfterMs(undefined, now)).toBeUndefined()
  expect(retryAfterMs('soon', now)).toBeUndefined()
  expect(retryAfterMs('7', now)).toBe(7000)
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:20 GMT', now)).toBe(20_000)
  expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0)
  expect(retryAfterMs('3600', now)).toBe('too long')
})

it('takes its waits from the environment where those make sense', () => {
  expect(timingsOf({})).toEqual({ connectMs: 10_000, stallMs: 30_000, retryBaseMs: 1000 })
  expect(timingsOf({ BEEP_DOWNLOAD_STALL_MS: '250', BEEP_DOWNLOAD_RETRY_MS: '5' })).toMatchObject({
    stallMs: 250,
    retryBaseMs: 5,
  })
  expect(timingsOf({ BEEP_DOWNLOAD_STALL_MS: '-1', BEEP_DOWNLOAD_RETRY_MS: 'x' })).toMatchObject({
    stallMs: 30_000,
    retryBaseMs: 1000,
  })
})
