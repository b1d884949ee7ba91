import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readEndpoint } from '../../client/src/find/endpoints.ts'
import { connected, startFront } from '../integration/client/real-servers.ts'
import type { RealServer } from '../integration/client/real-servers.ts'
import { chromiumArguments, chromiumPath } from '../tools/chromium.ts'
import { tempFolder } from '../tools/temp-folder.ts'
import { hasBrowser } from './harness/browser.ts'

/** Of somebody else, who lets it point to this machine once its page is loaded. */
const reboundHost = 'rebound.example'

interface Attack {
  /** Where the server is, as the page says it. */
  readonly target: string
  /** Code that would leave its mark in this folder, under the name of the attempt. */
  readonly folder: string
  readonly token: string
}

/** In the page: everything that a page can send to a server, and what it gets to see of the answer. */
async function sendEverything({ target, folder, token }: Attack): Promise<Record<string, string>> {
  const codeFor = (name: string) => `open(${JSON.stringify(`${folder}/${name}`)}, 'w').close()`
  const seen: Record<string, string> = {}
  const ask = async (name: string, init: RequestInit, at = '/eval') => {
    seen[name] = await fetch(target + at, { method: 'POST', ...init }).then(
      async (answer) => (answer.type === 'opaque' ? 'nothing' : `${answer.status} ${await answer.text()}`),
      () => 'nothing',
    )
  }
  const json = (name: string) => JSON.stringify({ expression: codeFor(name) })
  const bearer = { authorization: `Bearer ${token}` }

  // What needs no leave of the server to be sent.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const name = type.replaceAll(/\W+/gu, '-')
    await ask(name, { mode: 'no-cors', credentials: 'include', headers: { 'content-type': type }, body: json(name) })
  }
  await ask('no-type', { mode: 'no-cors', body: new Blob([json('no-type')]) })
  await ask('bytes', { mode: 'no-cors', body: new TextEncoder().encode(json('bytes')) })
  await ask('kept-alive', { mode: 'no-cors', keepalive: true, body: json('kept-alive') })
  await ask('streamed', { mode: 'no-cors', body: json('streamed') }, '/execute')
  await ask('health', { mode: 'no-cors', method: 'GET' }, '/health')
  // What the browser asks the server about first.
  const asJson = { 'content-type': 'application/json' }
  await ask('json', { headers: asJson, body: json('json') })
  await ask('json-and-token', { headers: { ...asJson, ...bearer }, body: json('json-and-token') })
  await ask('execute-and-token', { headers: { ...asJson, ...bearer }, body: json('execute-and-token') }, '/execute')
  await ask('put', { method: 'PUT', headers: asJson, body: json('put') })
  await ask('token-alone', { method: 'GET', headers: bearer }, '/health')

  // Forms, whose answer becomes a page of its own.
  for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    const name = `form-${enctype.replaceAll(/\W+/gu, '-')}`
    const frame = document.createElement('iframe')
    frame.name = name
    const form = document.createElement('form')
    Object.assign(form, { method: 'post', action: `${target}/eval`, enctype, target: name })
    const field = document.createElement('input')
    // As text/plain this is JSON: {"expression":"…","x":"="}
    field.name = `${json(name).slice(0, -1)},"x":"`
    field.value = '"}'
    form.append(field)
    document.body.append(frame, form)
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
    form.submit()
    await loaded
    seen[name] = 'nothing'
    form.remove()
    frame.remove()
  }

  // What is loaded, and what stays open.
  const outcome = (name: string, start: (good: () => void, bad: () => void) => void) =>
    new Promise<void>((resolve) => {
      const end = (what: string) => () => {
        seen[name] = what
        resolve()
      }
      start(end('something'), end('nothing'))
    })
  const load = (tag: 'img' | 'script', name: string) =>
    outcome(name, (good, bad) => {
      const element = document.createElement(tag)
      element.addEventListener('load', good)
      element.addEventListener('error', bad)
      element.src = `${target}/openapi.json`
      document.body.append(element)
    })
  await load('img', 'image')
  await load('script', 'script')
  await outcome('events', (good, bad) => {
    const events = new EventSource(`${target}/execute`)
    events.addEventListener('open', good)
    events.addEventListener('error', () => (events.close(), bad()))
  })
  for (const at of ['/', '/eval', '/execute'])
    await outcome(`socket ${at}`, (good, bad) => {
      const socket = new WebSocket(target.replace('http', 'ws') + at)
      socket.addEventListener('open', good)
      socket.addEventListener('error', bad)
    })
  return seen
}

/** A Chromium that believes somebody else's name server. */
async function openPage(): Promise<Page> {
  const rules = `--host-resolver-rules=MAP ${reboundHost} 127.0.0.1`
  // Not every browser keeps pages of the web away from this machine, as this one would; and a proxy would ask its own name server.
  const trusting = '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests'
  const args = [...chromiumArguments, '--no-proxy-server', trusting, rules]
  const browser = await chromium.launch({ executablePath: chromiumPath()!, args })
  onTestFinished(() => browser.close())
  return browser.newPage()
}

/** A page of another program on this machine. */
async function elsewhere(page: Page): Promise<void> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<title>elsewhere</title><body>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

/** A page that was loaded from its own server, whose name then leads to ours: to the browser they are one origin. */
async function rebound(page: Page, target: string): Promise<void> {
  const handler = `${target}/page`
  await page.route(handler, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>rebound</title><body>' }),
  )
  await page.goto(handler)
  // From here on the browser goes to the network, and decides by itself what needs to be asked first.
  await page.unroute(handler)
}

/** The server is well, and the code would have left its mark. */
async function provesItself(server: RealServer, folder: string): Promise<void> {
  expect(readdirSync(folder)).toEqual([])
  const python = await connected(server)
  await python.evaluate(`open(${JSON.stringify(`${folder}/by a program`)}, 'w').close()`)
  expect(existsSync(path.join(folder, 'by a program'))).toBe(true)
}

function folderForMarks(): string {
  const folder = path.join(tempFolder(), 'marks')
  mkdirSync(folder)
  return folder
}

describe.skipIf(!hasBrowser)('a page in a browser', () => {
  test('of another origin gets nothing from an http server, and no code runs', async () => {
    const server = await startFront('http')
    const { url = '', token = '' } = await readEndpoint(server.home, server.name)
    const folder = folderForMarks()
    const page = await openPage()
    await elsewhere(page)
    for (const target of [url, url.replace('127.0.0.1', 'localhost')]) {
      const seen = await page.evaluate(sendEverything, { target, folder, token })
      expect(Object.entries(seen).filter(([, what]) => what !== 'nothing')).toEqual([])
    }
    await provesItself(server, folder)
  })

  test('whose name suddenly leads to an http server is told that it is not that, token or not', async () => {
    const server = await startFront('http')
    const { url = '', token = '' } = await readEndpoint(server.home, server.name)
    const folder = folderForMarks()
    const page = await openPage()
    const target = url.replace('127.0.0.1', reboundHost)
    await rebound(page, target)
    const seen = await page.evaluate(sendEverything, { target, folder, token })
    const told = Object.entries(seen).filter(([, what]) => what !== 'nothing')
    // To the browser it is the page's own server, so it shows what that says: no, whatever is asked.
    expect(told.length).toBeGreaterThan(10)
    for (const [name, what] of told) expect(what, name).toMatch(/^403 \{.*"FORBIDDEN"/u)
    await provesItself(server, folder)
  })

  test('gets nothing from an rpc server either', async () => {
    const server = await startFront('rpc')
    const { address = '', token = '' } = await readEndpoint(server.home, server.name)
    const folder = folderForMarks()
    const page = await openPage()
    await elsewhere(page)
    const target = `http://${address}`
    const seen = await page.evaluate(sendEverything, { target, folder, token })
    expect(Object.entries(seen).filter(([, what]) => what !== 'nothing')).toEqual([])
    const call = `${target}/beep.python.runtime.PythonService/Evaluate`
    for (const type of ['application/grpc', 'application/grpc-web+proto', 'application/grpc-web-text', 'text/plain']) {
      const got = await page.evaluate(
        ([at, contentType, bearer]) =>
          fetch(at, {
            method: 'POST',
            headers: { 'content-type': contentType, authorization: bearer },
            body: '\0\0\0\0\0',
          }).then(
            () => 'something',
            () => 'nothing',
          ),
        [call, type, `Bearer ${token}`] as const,
      )
      expect(got, type).toBe('nothing')
    }
    await provesItself(server, folder)
  })
})
