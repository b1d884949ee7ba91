import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { toErrorInfo } from '../../../contract/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { downloadTo, isWhole } from './downloader.ts'
import { archive, failureOf, mirrorFor } from './workplace.ts'

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

  it('uses the password of an address, and tells it to nobody', async () => {
    const mirror = await mirrorFor()
    const secret = mirror.url.replace('://', '://zoë:geheim@')
    const folder = tempFolder()
    const { run, target } = downloadTo(folder, secret)
    expect(await run()).toBe(`${mirror.url}/${archive.tag}/${encodeURIComponent(archive.name)}`)
    expect(isWhole(target)).toBe(true)
    expect(mirror.requests[0]?.authorization).toBe(`Basic ${Buffer.from('zoë:geheim').toString('base64')}`)

    mirror.behave({ always: { kind: 'status', status: 404 } })
    const failure = await failureOf(downloadTo(tempFolder(), secret).run())
    expect(JSON.stringify(toErrorInfo(failure))).not.toMatch(/geheim/u)
  })

  it('asks a mirror on this machine directly, whatever proxy there is', async () => {
    const mirror = await mirrorFor()
    const { run, target } = downloadTo(tempFolder(), mirror.url)
    await run(undefined, { env: { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' } })
    expect(isWhole(target)).toBe(true)
  })
})
