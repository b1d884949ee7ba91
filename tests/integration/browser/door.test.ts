import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openBrowserDoor } from '../../../core/browser/index.ts'
import type { BrowserDoor } from '../../../core/browser/index.ts'
import type { Settings } from '../../../contract/index.ts'
import type { Dispatch } from '../../../core/dispatch.ts'
import { createEventHub } from '../../../core/events/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

const open: BrowserDoor[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((door) => door.close()))
})

const hostInfo = {
  version: '1',
  running: true,
  pid: 1,
  home: '/h',
  instanceId: 'i',
  startedAt: null,
  node: '24',
  platform: 'x',
}

async function makeDoor(dispatch: Dispatch = () => Promise.resolve({ ok: hostInfo })) {
  const pages = path.join(tempFolder(), 'pages')
  mkdirSync(path.join(pages, 'assets'), { recursive: true })
  writeFileSync(path.join(pages, 'index.html'), '<html lang="en"><title>the page</title>')
  writeFileSync(path.join(pages, 'assets', 'app.js'), 'the script')
  const log: string[] = []
  const events = createEventHub()
  let theme: Settings['theme'] = 'system'
  const door = await openBrowserDoor({
    dispatch,
    events,
    pages,
    port: 0,
    theme: () => Promise.resolve(theme),
    log: (text) => log.push(text),
  })
  open.push(door)
  const get = (route: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<Answer>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: door.port, path: route, method, headers }, (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      })
      sent.on('error', reject)
      sent.end()
    })
  /** Does what a browser does with the printed address; the cookie it then has. */
  const enter = async () => {
    const { searchParams } = new URL(door.address())
    const { headers } = await get(`/?ticket=${searchParams.get('ticket')}`)
    return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  }
  const socket = (cookie: string, origin = `http://127.0.0.1:${door.port}`, host?: string) =>
    new WebSocket(`ws://127.0.0.1:${door.port}/`, { headers: { cookie, ...(host ? { host } : {}) }, origin })
  return { door, events, log, get, enter, socket, setTheme: (next: Settings['theme']) => (theme = next) }
}

async function refusal(socket: WebSocket): Promise<string> {
  const [error] = (await once(socket, 'error')) as [Error]
  return error.message
}

async function message(socket: WebSocket): Promise<unknown> {
  const [data] = (await once(socket, 'message')) as [Buffer]
  return JSON.parse(data.toString())
}

test('the printed address opens the page, and leaves no ticket in the address line', async () => {
  const { door, get, enter } = await makeDoor()
  const entered = await get(new URL(door.address()).search.replace('?', '/?'))
  expect(entered).toMatchObject({ status: 303, headers: { location: '/' } })
  expect(entered.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Strict$/u)
  const cookie = await enter()
  expect((await get('/', { cookie })).text).toContain('<title>the page</title>')
  expect(await get('/assets/app.js', { cookie })).toMatchObject({ status: 200, text: 'the script' })
  expect((await get('/servers/demo', { cookie })).text).toContain('<title>the page</title>')
  expect((await get('/assets/gone.js', { cookie })).status).toBe(404)
  expect((await get('/', { cookie })).headers['content-security-policy']).toContain("default-src 'none'")
})

test('the page comes with the theme of the moment, for its first paint', async () => {
  const { get, enter, setTheme } = await makeDoor()
  const cookie = await enter()
  expect((await get('/', { cookie })).text).toMatch(/^<html data-theme="system" lang="en">/u)
  setTheme('dark')
  const page = await get('/', { cookie })
  expect(page.text).toMatch(/^<html data-theme="dark" lang="en">/u)
  expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  expect(page.headers['content-security-policy']).toContain("script-src 'self'")
})

test('a stolen ticket is worth nothing once it was used, and that is logged', async () => {
  const { door, get, log } = await makeDoor()
  const route = `/${new URL(door.address()).search}`
  expect((await get(route)).status).toBe(303)
  const stolen = await get(route)
  expect(stolen.status).toBe(403)
  expect(stolen.headers['set-cookie']).toBeUndefined()
  expect(log).toEqual(['browser door: refused a ticket that is used'])
})

test('without a session there is nothing to see; neither is there under another name, or by another method', async () => {
  const { get, enter, log } = await makeDoor()
  expect((await get('/')).status).toBe(401)
  expect((await get('/assets/app.js', { cookie: 'beep-python-1=guess' })).status).toBe(401)
  const cookie = await enter()
  expect((await get('/', { cookie, host: 'rebound.example' })).status).toBe(403)
  expect((await get('/', { cookie }, 'POST')).status).toBe(405)
  expect((await get('/../../package.json', { cookie })).text).not.toContain('beep-python-host')
  expect(log.length).toBeGreaterThanOrEqual(4)
})

test('a page asks and is answered; what happens reaches it in order', async () => {
  const { enter, socket, events } = await makeDoor((name, params) =>
    Promise.resolve(
      name === 'jobs.get'
        ? { error: { code: 'NOT_FOUND', message: `no ${JSON.stringify(params)}` } }
        : { ok: hostInfo },
    ),
  )
  const page = socket(await enter())
  await once(page, 'open')
  page.send('{"id":1,"command":"host.info"}')
  expect(await message(page)).toEqual({ id: 1, ok: hostInfo })
  page.send('{"id":2,"command":"jobs.get","params":{"id":"x"}}')
  expect(await message(page)).toEqual({ id: 2, error: { code: 'NOT_FOUND', message: 'no {"id":"x"}' } })
  events.emit('server.removed', { name: 'a' })
  events.emit('server.removed', { name: 'b' })
  expect(await message(page)).toEqual({
    events: [
      { revision: 1, name: 'server.removed', payload: { name: 'a' } },
      { revision: 2, name: 'server.removed', payload: { name: 'b' } },
    ],
  })
  page.close()
})

test('a message that is no request is refused and logged, and the page goes on', async () => {
  const { enter, socket, log } = await makeDoor()
  const page = socket(await enter())
  await once(page, 'open')
  for (const bad of ['{', '[]', '{"id":"1","command":"host.info"}', '{"id":1,"command":"host.info","extra":1}']) {
    page.send(bad)
    expect(await message(page)).toMatchObject({ id: null, error: { code: 'BAD_REQUEST' } })
  }
  page.send('{"id":1,"command":"host.info"}')
  expect(await message(page)).toMatchObject({ id: 1 })
  expect(log).toHaveLength(4)
  page.close()
})

test('a WebSocket from elsewhere is refused before anything is said', async () => {
  const { door, enter, socket, log } = await makeDoor()
  const cookie = await enter()
  expect(await refusal(socket(cookie, 'http://evil.example'))).toContain('403')
  expect(await refusal(socket(cookie, 'null'))).toContain('403')
  expect(await refusal(socket('beep-python-1=guess'))).toContain('403')
  expect(await refusal(socket(cookie, `http://127.0.0.1:${door.port}`, 'rebound.example'))).toContain('403')
  expect(log).toHaveLength(4)
})

test('a busy port is a conflict', async () => {
  const busy = createServer().listen(0, '127.0.0.1')
  await once(busy, 'listening')
  const { port } = busy.address() as AddressInfo
  const opening = openBrowserDoor({
    dispatch: () => Promise.resolve({ ok: [] }),
    events: createEventHub(),
    pages: '.',
    port,
    theme: () => Promise.resolve('system'),
    log: () => {},
  })
  await expect(opening).rejects.toMatchObject({ code: 'PORT_IN_USE' })
  busy.close()
})
