import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, onTestFinished, test } from 'vitest'
import { terminal } from '../integration/cli/terminal.ts'
import { atDoor } from './harness/doors.ts'
import { logged } from './harness/host-log.ts'
import { enter, newPage, openBrowserWindow } from './harness/open-window.ts'

/** A web page of somebody else's, on this very machine: to cookies, which know no ports, it is the same site. */
async function foreignPage(page: Page): Promise<{ readonly foreign: Page; readonly origin: string }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<title>elsewhere</title>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const foreign = await page.context().newPage()
  await foreign.goto(origin)
  return { foreign, origin }
}

/** What became of a WebSocket that a page opens. */
function socketFrom(page: Page, url: string): Promise<string> {
  return page.evaluate(
    (address) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(address)
        socket.addEventListener('open', () => resolve('open'))
        socket.addEventListener('error', () => resolve('refused'))
      }),
    url,
  )
}

/** Asks over a WebSocket of the page's own, past everything that the screens would do. */
function askFrom(page: Page, message: object): Promise<unknown> {
  return page.evaluate(
    (text) =>
      new Promise<unknown>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/`)
        socket.addEventListener('open', () => socket.send(text))
        socket.addEventListener('message', ({ data }) => {
          const reply = JSON.parse(String(data)) as Record<string, unknown>
          if ('id' in reply) resolve(reply)
        })
      }),
    JSON.stringify(message),
  )
}

/** In the page: what a script that got in would like to do. */
async function tryEverything(elsewhere: string): Promise<Record<string, string>> {
  const script = document.createElement('script')
  script.textContent = 'window.injected = true'
  document.body.append(script)
  const outcome = (attempt: () => unknown) =>
    new Promise<string>((resolve) => {
      // In a turn of its own: what the test itself evaluates is free of the policy.
      setTimeout(() => {
        new Promise((go) => go(attempt())).then(
          () => resolve('done'),
          () => resolve('refused'),
        )
      })
    })
  return {
    inline: 'injected' in window ? 'done' : 'refused',
    code: await outcome(() => new Function('return 1')()),
    fetch: await outcome(() => fetch(elsewhere, { mode: 'no-cors' })),
    socket: await outcome(
      () =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(elsewhere.replace('http', 'ws'))
          socket.addEventListener('open', resolve)
          socket.addEventListener('error', reject)
        }),
    ),
    cookie: document.cookie,
  }
}

// What of the door needs no browser to be seen is in tests/integration/browser.
atDoor('browser', () => {
  test('another page of this machine gets nowhere, though the browser sends the cookie along', async () => {
    const user = terminal()
    const { page } = await openBrowserWindow({ user })
    const own = new URL(page.url())
    const { foreign, origin } = await foreignPage(page)

    expect(await socketFrom(foreign, `ws://${own.host}/`)).toBe('refused')
    await logged(user, new RegExp(`refused a WebSocket from ${origin}$`, 'mu'))
    const stolen = await foreign.evaluate(
      (address) =>
        fetch(address, { mode: 'no-cors', credentials: 'include' }).then(
          () => 'read',
          () => 'refused',
        ),
      own.origin,
    )
    expect(stolen).toBe('refused')
    await foreign.evaluate((address) => {
      const frame = document.createElement('iframe')
      frame.src = address
      document.body.append(frame)
      return new Promise((resolve) => frame.addEventListener('load', resolve))
    }, own.origin)
    // A page that may not be framed is replaced by the browser's own error page.
    const framed = foreign.frames().find((frame) => frame !== foreign.mainFrame())
    expect(await framed?.title()).not.toContain('Beep')
  })

  test('a page that asks for what is not in the contract is refused, and the host says so in its log', async () => {
    const user = terminal()
    const { page } = await openBrowserWindow({ user })
    expect(await askFrom(page, { id: 1, command: 'shell.run', params: { argv: ['id'] } })).toMatchObject({
      id: 1,
      error: { code: 'UNKNOWN_COMMAND' },
    })
    await logged(user, /refused: There is no command "shell\.run"$/mu)
    expect(await askFrom(page, { id: 2, command: 'constructor', params: {} })).toMatchObject({
      error: { code: 'UNKNOWN_COMMAND' },
    })
    const bad = { command: 'environments.create', params: { name: '../../escape', extra: true } }
    expect(await askFrom(page, { id: 3, ...bad })).toMatchObject({ id: 3, error: { code: 'INVALID_PARAMS' } })
    await logged(user, /refused: environments\.create: .*name/mu)
  })

  test('an address that was used, or that somebody made up, opens nothing', async () => {
    const user = terminal()
    const { page, host } = await openBrowserWindow({ user })
    const { url } = JSON.parse(host.stdout()) as { url: string }
    const thief = await newPage()
    expect((await thief.goto(url))?.status()).toBe(403)
    await logged(user, /refused a ticket that is used$/mu)
    expect((await thief.goto(`${new URL(url).origin}/?ticket=guess`))?.status()).toBe(403)
    await logged(user, /refused a ticket that is unknown$/mu)
    expect((await thief.goto(new URL(url).origin))?.status()).toBe(401)
    await logged(user, /refused a visitor without a session$/mu)
    expect(await thief.context().cookies()).toEqual([])
    // A fresh one is for this browser, too; and the first window goes on.
    const fresh = await user.json<{ url: string }>('serve', '--ui')
    await enter(thief, fresh.url)
    expect(await page.title()).toContain('Beep Python Host')
  })

  test('the page runs its own scripts, and speaks to nobody else', async () => {
    const user = terminal()
    const { page, expected } = await openBrowserWindow({ user })
    expected(/Content Security Policy|Fetch API cannot load|net::ERR_|violates/u)
    const { origin } = await foreignPage(page)
    const tried = await page.evaluate(tryEverything, origin)
    expect(tried).toEqual({ inline: 'refused', code: 'refused', fetch: 'refused', socket: 'refused', cookie: '' })
  })
})
