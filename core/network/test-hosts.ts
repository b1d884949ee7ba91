import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { withoutCredentials } from '../../contract/index.ts'
import type { NetworkTestRow } from '../../contract/index.ts'
import { causeOf, causeOfStatus } from './reach/cause.ts'
import { ReachFailure } from './reach/failure.ts'
import { request } from './reach/request.ts'
import { sentenceOf } from './reach/sentence.ts'
import type { Route } from './types.ts'

export interface Asked {
  readonly purpose: NetworkTestRow['purpose']
  /** With their passwords; of these the first that is there. */
  readonly urls: readonly string[]
}

export interface TestDeps {
  readonly route: (url: URL) => Promise<Route>
  readonly isOffline: boolean
  readonly signal: AbortSignal
}

/** Milliseconds for one host: a connection, and then the head of an answer. */
const connectMs = 10_000
const answerMs = 10_000
/** A release page sends on once or twice; each host on the way is one that the network must let through. */
const mostHops = 4
const redirects = [301, 302, 303, 307, 308]

/** Asks one place and whoever it sends us on to: a row for each host. */
export async function testAddress({ purpose, urls }: Asked, deps: TestDeps): Promise<NetworkTestRow[]> {
  let rows: NetworkTestRow[] = []
  for (const url of urls) {
    rows = await follow(purpose, url, deps)
    if (rows.at(-1)?.cause !== 'absent') break
  }
  return rows
}

async function follow(purpose: Asked['purpose'], url: string, deps: TestDeps): Promise<NetworkTestRow[]> {
  const rows: NetworkTestRow[] = []
  let target = new URL(url)
  for (let hop = 0; hop < mostHops; hop += 1) {
    const { row, next } = await testOne(purpose, target, deps)
    rows.push(row)
    if (next === undefined) break
    target = next
  }
  // One host is tested once: a page that moves within it tells nothing new of the network.
  return rows.filter((row, at) => row.outcome !== 'ok' || rows.findIndex((one) => one.host === row.host) === at)
}

async function testOne(
  purpose: Asked['purpose'],
  target: URL,
  { route, isOffline, signal }: TestDeps,
): Promise<{ readonly row: NetworkTestRow; readonly next?: URL | undefined }> {
  const plain = { purpose, url: withoutCredentials(target.href), ms: 0, proxy: null, status: null, issuer: null }
  if (target.protocol === 'file:') return { row: await testFolder(plain, target) }
  const host = `${target.hostname}:${target.port || (target.protocol === 'https:' ? 443 : 80)}`
  const good = { ...plain, host, cause: null, message: null, hint: null }
  if (isOffline) return { row: { ...good, outcome: 'skipped', cause: 'offline', ...sentenceOf('offline', { host }) } }
  const started = performance.now()
  const elapsed = () => Math.round(performance.now() - started)
  const { proxy, context } = await route(target)
  const shown = proxy === undefined ? undefined : withoutCredentials(proxy).replace(/\/+$/u, '')
  const within = AbortSignal.any([signal, AbortSignal.timeout(connectMs + answerMs)])
  try {
    const answer = await request(target, {
      method: 'GET',
      // As pip and uv ask; and of a large file, the first byte is enough.
      headers: {
        'user-agent': 'beep-python-host',
        accept: 'application/vnd.pypi.simple.v1+json, text/html;q=0.1, */*;q=0.01',
        range: 'bytes=0-0',
      },
      proxy,
      context,
      signal: within,
      timeoutMs: connectMs,
    })
    const status = answer.incoming.statusCode ?? 0
    const location = redirects.includes(status) ? answer.incoming.headers.location : undefined
    answer.close()
    const facts = { ...good, ms: elapsed(), proxy: shown ?? null, status, issuer: answer.certificate?.issuer ?? null }
    const cause = causeOfStatus(status)
    if (cause === undefined) return { row: { ...facts, outcome: 'ok' }, next: nextOf(location, target) }
    return { row: { ...facts, outcome: 'failed', cause, ...sentenceOf(cause, { host, proxy: shown, status }) } }
  } catch (error) {
    if (signal.aborted) throw error
    const failure = error instanceof ReachFailure ? error : new ReachFailure('EIO', String(error), { phase: 'host' })
    const cause = within.aborted ? 'timeout' : causeOf(failure)
    const { certificate, status } = failure
    const facts = { ms: elapsed(), proxy: shown ?? null, status: status ?? null, issuer: certificate?.issuer ?? null }
    const sentence = sentenceOf(cause, { host, proxy: shown, status, certificate })
    return { row: { ...good, ...facts, outcome: 'failed', cause, ...sentence } }
  }
}

function nextOf(location: string | undefined, target: URL): URL | undefined {
  const next = location === undefined ? null : URL.parse(location, target.href)
  return next !== null && /^https?:$/u.test(next.protocol) ? next : undefined
}

async function testFolder(
  plain: Omit<NetworkTestRow, 'host' | 'outcome' | 'cause' | 'message' | 'hint'>,
  target: URL,
): Promise<NetworkTestRow> {
  const host = fileURLToPath(target)
  const isThere = await stat(host).then(
    () => true,
    () => false,
  )
  return isThere
    ? { ...plain, host, outcome: 'ok', cause: null, message: null, hint: null }
    : { ...plain, host, outcome: 'failed', cause: 'absent', ...sentenceOf('absent', { host }) }
}
