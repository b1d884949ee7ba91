import { createHash, randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { download } from '../../../core/runtimes/download/download.ts'
import type { DownloadProgress } from '../../../core/runtimes/download/download.ts'
import { createNodeFetch } from '../../../core/runtimes/download/node-fetch.ts'
import { freeBytes } from '../../../core/storage/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { archive, failureOf, mirrorFor } from './workplace.ts'

/** Long enough for a busy machine not to look like a dead line; the tests of silence shorten it. */
const timings = { connectMs: 2000, stallMs: 3000, retryBaseMs: 5 }

/** One download of the archive into a folder of its own; run it again to go on. */
function downloadTo(folder: string, ...mirrors: readonly string[]) {
  mkdirSync(folder, { recursive: true })
  const target = path.join(folder, 'archive.tar.gz')
  const abort = new AbortController()
  const told: DownloadProgress[] = []
  const run = (
    onProgress: (progress: DownloadProgress) => void = () => {},
    { env = {}, stallMs = timings.stallMs }: { env?: NodeJS.ProcessEnv; stallMs?: number } = {},
  ) =>
    download(
      {
        name: archive.name,
        sha256: archive.sha256,
        urls: mirrors.map((url) => `${url}/${archive.tag}/${encodeURIComponent(archive.name)}`),
        target,
      },
      {
        fetch: createNodeFetch(env),
        timings: { ...timings, stallMs },
        signal: abort.signal,
        freeBytes,
        onSize: () => Promise.resolve(),
        onProgress(progress) {
          told.push(progress)
          onProgress(progress)
        },
      },
    )
  return {
    run,
    told,
    target,
    cancel: () => abort.abort(),
    partBytes: () => (existsSync(`${target}.part`) ? statSync(`${target}.part`).size : undefined),
  }
}

function isWhole(file: string): boolean {
  return createHash('sha256').update(readFileSync(file)).digest('hex') === archive.sha256
}

describe('a connection that is cut', () => {
  it('goes on where it stopped, at whatever byte that was', async () => {
    const cuts = [
      1,
      2,
      randomInt(3, 65_536),
      randomInt(65_536, archive.bytes >> 1),
      randomInt(1000, archive.bytes >> 2),
    ]
    const mirror = await mirrorFor({ faults: cuts.map((after) => ({ kind: 'cut', after })) })
    const { run, target } = downloadTo(tempFolder(), mirror.url)
    await run()
    expect(isWhole(target), `cut after ${cuts.join(', ')}`).toBe(true)
    // One byte is too little to tell an archive by, so nothing was kept of the first answer.
    const offsets = mirror.requests.map(({ range }) => Number(/^bytes=(\d+)-$/u.exec(range ?? '')?.[1] ?? 0))
    let at = 0
    const expected = cuts.map((cut, index) => (at += index === 0 ? 0 : cut))
    expect(offsets, `cut after ${cuts.join(', ')}`).toEqual([0, ...expected])
    expect(mirror.bytesSent()).toBe(archive.bytes + 1)
    expect(existsSync(`${target}.part`) || existsSync(`${target}.part.json`)).toBe(false)
  })

  it('goes on in the next run, naming the version it has a part of', async () => {
    const cut = randomInt(2, archive.bytes)
    const mirror = await mirrorFor({ faults: [{ kind: 'cut', after: cut }] })
    const folder = tempFolder()
    const first = downloadTo(folder, mirror.url)
    const failed = failureOf(first.run(({ note }) => note && first.cancel()))
    expect((await failed).code).toBe('CANCELLED')
    expect(first.partBytes()).toBe(cut)

    const second = downloadTo(folder, mirror.url)
    await second.run()
    expect(isWhole(second.target)).toBe(true)
    expect(mirror.requests[1]).toMatchObject({
      range: `bytes=${cut}-`,
      ifRange: `"${archive.bytes.toString(16)}"`,
      status: 206,
    })
    expect(mirror.bytesSent()).toBe(archive.bytes)
    expect(second.told[0]).toMatchObject({
      bytesDone: cut,
      bytesTotal: archive.bytes,
      note: expect.stringMatching(/^continuing at \d+ %$/u) as string,
    })
  })

  it('goes on at another mirror that has the same', async () => {
    const first = await mirrorFor({
      faults: [
        { kind: 'cut', after: 500_000 },
        ...Array.from({ length: 5 }, () => ({ kind: 'cut', after: 0 }) as const),
      ],
    })
    const second = await mirrorFor()
    const { run, target } = downloadTo(tempFolder(), first.url, second.url)
    expect(await run()).toContain(second.url)
    expect(isWhole(target)).toBe(true)
    expect(second.requests).toMatchObject([{ range: 'bytes=500000-', ifRange: undefined, status: 206 }])
  })

  it('begins anew where the mirror has another file, or knows no ranges', async () => {
    for (const change of [{ etag: '"another"' }, { ranges: false }, { etag: null, ranges: false }] as const) {
      const folder = tempFolder()
      const mirror = await mirrorFor({ faults: [{ kind: 'cut', after: 700_000 }] })
      const first = downloadTo(folder, mirror.url)
      await failureOf(first.run(({ note }) => note && first.cancel()))
      mirror.behave(change)
      const second = downloadTo(folder, mirror.url)
      await second.run()
      expect(isWhole(second.target)).toBe(true)
      expect(mirror.requests.at(-1)).toMatchObject({ range: 'bytes=700000-', status: 200 })
    }
  })

  it('gives up after five more tries without progress, and keeps what it has', async () => {
    const mirror = await mirrorFor({ faults: [{ kind: 'cut', after: 300_000 }] })
    const folder = tempFolder()
    const first = downloadTo(folder, mirror.url)
    mirror.behave({
      faults: [
        { kind: 'cut', after: 300_000 },
        ...Array.from({ length: 9 }, () => ({ kind: 'cut', after: 0 }) as const),
      ],
    })
    const failure = await failureOf(first.run())
    expect(failure).toMatchObject({ code: 'NETWORK', hint: expect.stringContaining('--from FILE') as string })
    expect(mirror.requests).toHaveLength(6)
    expect(first.partBytes()).toBe(300_000)
  })
})

describe('wrong bytes', () => {
  it('asks once more past all caches, and takes the right file then', async () => {
    const mirror = await mirrorFor({ faults: [{ kind: 'wrong-byte', offset: randomInt(2, archive.bytes) }] })
    const { run, target } = downloadTo(tempFolder(), mirror.url)
    await run()
    expect(isWhole(target)).toBe(true)
    expect(mirror.requests.map(({ cacheControl, range }) => [cacheControl, range])).toEqual([
      [undefined, undefined],
      ['no-cache', undefined],
    ])
  })

  it('goes to the next mirror, and fails with both hashes when all are wrong', async () => {
    const wrong = { always: { kind: 'wrong-byte', offset: randomInt(2, archive.bytes) } } as const
    const [first, second] = [await mirrorFor(wrong), await mirrorFor(wrong)]
    const { run, target, partBytes } = downloadTo(tempFolder(), first.url, second.url)
    const failure = await failureOf(run())
    expect(failure).toMatchObject({
      code: 'HASH_MISMATCH',
      message: expect.stringContaining('Nothing was installed') as string,
      details: { expectedSha256: archive.sha256, actualSha256: expect.stringMatching(/^[\da-f]{64}$/u) as string },
    })
    expect([first.requests.length, second.requests.length]).toEqual([2, 2])
    expect(existsSync(target)).toBe(false)
    expect(partBytes()).toBeUndefined()
  })

  it('finds a part that was changed on the disk', async () => {
    const mirror = await mirrorFor({ faults: [{ kind: 'cut', after: 900_000 }] })
    const folder = tempFolder()
    const first = downloadTo(folder, mirror.url)
    await failureOf(first.run(({ note }) => note && first.cancel()))
    const part = readFileSync(`${first.target}.part`)
    part[1000]! ^= 1
    writeFileSync(`${first.target}.part`, part)
    await downloadTo(folder, mirror.url).run()
    expect(isWhole(first.target)).toBe(true)
    expect(mirror.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=900000-', undefined])
  })
})

describe('answers that are no archive', () => {
  it('tells a login page from a damaged file, at once, and does not lose the part for it', async () => {
    const mirror = await mirrorFor({ faults: [{ kind: 'cut', after: 400_000 }, { kind: 'page' }] })
    const { run, partBytes } = downloadTo(tempFolder(), mirror.url)
    const failure = await failureOf(run())
    expect(failure).toMatchObject({
      code: 'BLOCKED_PAGE',
      message: expect.stringContaining('Something on the network answered instead of the server') as string,
      details: {
        status: 200,
        contentType: 'text/html; charset=utf-8',
        start: expect.stringContaining('Log in') as string,
      },
    })
    expect(mirror.requests).toHaveLength(2)
    expect(partBytes()).toBe(400_000)
  })

  it('says so when it is a package index', async () => {
    const html =
      '<html><head><meta name="pypi:repository-version" content="1.1"><title>Simple index</title></head></html>'
    const mirror = await mirrorFor({ always: { kind: 'page', html } })
    expect((await failureOf(downloadTo(tempFolder(), mirror.url).run())).message).toContain(
      'a package mirror, not a Python mirror',
    )
  })

  it('goes to the next address at once on 404 and 403, and tells the more telling of two failures', async () => {
    const gone = await mirrorFor({ always: { kind: 'status', status: 404 } })
    const refusing = await mirrorFor({ always: { kind: 'status', status: 403 } })
    const failure = await failureOf(downloadTo(tempFolder(), gone.url, refusing.url).run())
    expect(failure).toMatchObject({ code: 'NETWORK', message: expect.stringContaining('HTTP 403') as string })
    expect(failure.details?.['attempts']).toMatchObject([{ code: 'DOWNLOAD_NOT_FOUND' }, { code: 'NETWORK' }])
    expect([gone.requests.length, refusing.requests.length]).toEqual([1, 1])

    const good = await mirrorFor()
    const { run, target } = downloadTo(tempFolder(), gone.url, good.url)
    await run()
    expect(isWhole(target)).toBe(true)
  })

  it('goes to the next address where nobody listens, or the name does not exist', async () => {
    const good = await mirrorFor()
    const { run, target } = downloadTo(tempFolder(), 'http://127.0.0.1:9', 'https://mirror.invalid', good.url)
    await run()
    expect(isWhole(target)).toBe(true)
  })

  it('waits as long as a busy server asks for', async () => {
    const mirror = await mirrorFor({ faults: [{ kind: 'status', status: 503, retryAfter: '1' }] })
    const { run, target, told } = downloadTo(tempFolder(), mirror.url)
    const started = performance.now()
    await run()
    expect(isWhole(target)).toBe(true)
    expect(performance.now() - started).toBeGreaterThanOrEqual(990)
    expect(told[0]?.note).toMatch(/HTTP 503.*trying again/u)
    expect(mirror.requests.map(({ status }) => status)).toEqual([503, 200])
  })

  it('does not wait for hours', async () => {
    const mirror = await mirrorFor({ always: { kind: 'status', status: 503, retryAfter: '86400' } })
    expect((await failureOf(downloadTo(tempFolder(), mirror.url).run())).code).toBe('NETWORK')
    expect(mirror.requests).toHaveLength(1)
  })
})

describe('silence', () => {
  it('takes a silent connection for a lost one, and goes on', async () => {
    const mirror = await mirrorFor({ faults: [{ kind: 'stall', after: 600_000 }] })
    const { run, target } = downloadTo(tempFolder(), mirror.url)
    await run(undefined, { stallMs: 300 })
    expect(isWhole(target)).toBe(true)
    expect(mirror.requests[1]?.range).toBe('bytes=600000-')
  })

  it('has no limit on the whole, as long as bytes come', async () => {
    const mirror = await mirrorFor({ faults: [{ kind: 'slow', bytesPerSecond: archive.bytes / 2 }] })
    const { run, target } = downloadTo(tempFolder(), mirror.url)
    const started = performance.now()
    await run(undefined, { stallMs: 1000 })
    expect(performance.now() - started).toBeGreaterThan(1000)
    expect(isWhole(target)).toBe(true)
    expect(mirror.requests).toHaveLength(1)
  })

  it('can be cancelled while it waits, while it reads and before it begins', async () => {
    const mirror = await mirrorFor({ always: { kind: 'stall', after: 100_000 } })
    const reading = downloadTo(tempFolder(), mirror.url)
    expect((await failureOf(reading.run(({ bytesDone }) => bytesDone >= 100_000 && reading.cancel()))).code).toBe(
      'CANCELLED',
    )
    expect(reading.partBytes()).toBe(100_000)

    mirror.behave({ always: { kind: 'status', status: 503, retryAfter: '30' } })
    const waiting = downloadTo(tempFolder(), mirror.url)
    expect((await failureOf(waiting.run(() => setImmediate(waiting.cancel)))).code).toBe('CANCELLED')

    const before = downloadTo(tempFolder(), mirror.url)
    before.cancel()
    expect((await failureOf(before.run())).code).toBe('CANCELLED')
  })
})

describe('roads', () => {
  it('follows redirects, with the range, but not into the open', async () => {
    const good = await mirrorFor()
    const mirror = await mirrorFor({ always: { kind: 'redirect', to: good.url } })
    const { run, target } = downloadTo(tempFolder(), mirror.url)
    await run()
    expect(isWhole(target)).toBe(true)

    mirror.behave({ always: { kind: 'redirect', to: 'http://mirror.invalid' } })
    const failure = await failureOf(downloadTo(tempFolder(), mirror.url).run())
    expect(failure).toMatchObject({ code: 'NETWORK', details: { errno: 'ERR_UNSAFE_REDIRECT' } })
  })

  it('asks the proxy of the environment, and tells what it says', async () => {
    const asked: string[] = []
    const proxy = http.createServer()
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '')
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    onTestFinished(() => void proxy.close())
    const env = { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` }
    const failure = await failureOf(downloadTo(tempFolder(), 'https://mirror.invalid').run(undefined, { env }))
    expect(asked).toEqual(['mirror.invalid:443'])
    expect(failure).toMatchObject({ code: 'NETWORK', message: expect.stringContaining('407') as string })
  })

  it('asks a mirror on this machine directly, whatever proxy there is', async () => {
    const mirror = await mirrorFor()
    const { run, target } = downloadTo(tempFolder(), mirror.url)
    await run(undefined, { env: { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' } })
    expect(isWhole(target)).toBe(true)
  })
})
