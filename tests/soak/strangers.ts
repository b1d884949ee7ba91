import { once } from 'node:events'
import { connect } from 'node:net'
import type { NetConnectOpts, Socket } from 'node:net'
import type { Endpoint } from '../../contract/index.ts'
import type { Dice } from './dice.ts'
import type { Ledger } from './ledger.ts'

/** Milliseconds: a server that has neither answered nor closed by then has forgotten the connection. */
const forgottenAfterMs = 60_000

/** Somebody who does not know how to speak: broken and oversized messages, halves of them, connections that just end. */
export async function strangerAt(endpoint: Endpoint, dice: Dice, ledger: Ledger): Promise<void> {
  const { to, openings } = doorOf(endpoint)
  const opening = dice.pick(openings)
  const junk = dice.bytes(dice.pick([0, 1, 50, 3_000]))
  const socket = connect(to)
  const heard: Buffer[] = []
  socket.on('data', (chunk: Buffer) => heard.push(chunk))
  // Refused, or reset while we send: as good an answer to this as any.
  socket.on('error', () => {})
  socket.write(Buffer.concat([Buffer.from(opening, 'latin1'), junk]))
  const isRude = dice.chance(0.4)
  if (isRude) setTimeout(() => socket.destroy(), dice.below(20))
  else socket.end()
  if (!(await isClosed(socket)))
    ledger.violated(`${endpoint.transport}: a stranger who sent ${JSON.stringify(opening.slice(0, 80))} waits for ever`)
  const answer = Buffer.concat(heard).toString('latin1')
  if (/^HTTP\/1\.1 200|"value":42\b/u.test(answer))
    ledger.violated(`${endpoint.transport}: a stranger was served: ${answer.slice(0, 300)}`)
}

async function isClosed(socket: Socket): Promise<boolean> {
  if (socket.closed) return true
  const timer = setTimeout(() => socket.destroy(new Error('forgotten')), forgottenAfterMs)
  let isForgotten = false
  socket.on('error', ({ message }) => (isForgotten ||= message === 'forgotten'))
  await once(socket, 'close').catch(() => {})
  clearTimeout(timer)
  return !isForgotten
}

/** Where to knock, and what to say first. None of it may run code. */
function doorOf(endpoint: Endpoint): { readonly to: NetConnectOpts; readonly openings: readonly string[] } {
  switch (endpoint.transport) {
    case 'pipe':
      return { to: { path: endpoint.path }, openings: [...frames, ...lines] }
    case 'http':
      return { to: portOf(endpoint.url), openings: http(new URL(endpoint.url).host) }
    case 'rpc':
      return { to: portOf(`http://${endpoint.address}`), openings: rpc }
  }
}

function portOf(url: string): NetConnectOpts {
  const { hostname: host, port } = new URL(url)
  return { host, port: Number(port) }
}

function prefix(headerBytes: number, bodyBytes: number): string {
  const bytes = Buffer.alloc(12)
  bytes.write('BPF1')
  bytes.writeUInt32LE(headerBytes, 4)
  bytes.writeUInt32LE(bodyBytes, 8)
  return bytes.toString('latin1')
}

const frames = [
  'BPF1',
  'BPF2\0\0\0\0',
  'BAD',
  prefix(10, 0),
  prefix(65 * 2 ** 20, 0),
  prefix(2, 1025 * 2 ** 20),
  prefix(2 ** 32 - 1, 2 ** 32 - 1),
  prefix(60 * 2 ** 20, 2 ** 30),
  `${prefix(40, 4)}{"id":1,"command":"ping","attachments":[3]}four`,
]
const lines = [
  '{',
  '{"command":"eval","payload":',
  '{"command":7}\n',
  '[1]\n',
  ' \n\n{"id":{}}\n',
  '\ufeff{',
  '\0',
  'GET / HTTP/1.1\r\n',
]

function http(host: string): readonly string[] {
  const code = '{"expression":"6*7"}'
  const post = (...headers: readonly string[]) => `POST /eval HTTP/1.1\r\nHost: ${headers.join('\r\n')}\r\n\r\n${code}`
  const length = `Content-Length: ${code.length}`
  return [
    'GET / HTTP/1.1\r\n\r\n',
    `GET /health HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    post(host, 'Content-Type: application/json', length),
    post('evil.example', 'Content-Type: application/json', length),
    post(host, 'Content-Type: text/plain', 'Origin: http://evil.example', length),
    post(host, 'Content-Type: application/json', 'Content-Length: 100000000'),
    post(host, 'Content-Type: application/json', 'Transfer-Encoding: chunked', '', 'fffffffff'),
    post(host, 'Content-Length: -1'),
    `GET / HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
    'POST /eval HTT',
    '\x16\x03\x01\x02\0',
    `GET /${'x'.repeat(70_000)} HTTP/1.1\r\n`,
  ]
}

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
const settings = '\0\0\0\x04\0\0\0\0\0'
const rpc = [
  '',
  preface,
  preface.slice(0, 9),
  preface + settings,
  `${preface}${settings}\0\0\x10\x01\x05\0\0\0\x01`,
  'GET / HTTP/1.1\r\n\r\n',
]
