import { connect } from 'node:net'
import type { Dice } from './dice.ts'
import type { Ledger } from './ledger.ts'

/** What a pipeliner sends: a command, and the codes with which it may fail. */
interface Sent {
  readonly command: string
  readonly payload: object
}

/**
 * A client of the pipe that sends many requests before it reads, and counts what it gets: no reply twice, none to what nobody
 * asked, and, unless the connection ends, one to each.
 */
export async function pipelineAt(path: string, dice: Dice, ledger: Ledger, mayEnd: boolean): Promise<void> {
  const isFrames = dice.chance(0.5)
  const count = 1 + dice.below(40)
  const replies = new Map<number, number>()
  const socket = connect(path)
  socket.on('error', () => {}) // 'close' follows, which `once` of node:events would not wait for
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  let received: Buffer = Buffer.alloc(0)
  let isLost = false
  const take = (text: string) => {
    const { id, event } = JSON.parse(text) as { id?: number | null; event?: string }
    if (event === 'worker.lost') isLost = true
    else if (event === undefined && typeof id === 'number') replies.set(id, (replies.get(id) ?? 0) + 1)
    else if (event === undefined) ledger.violated(`pipe: a reply to nobody: ${text.slice(0, 200)}`)
    // In frames, what was in flight has failed with that.
    if (replies.size === count || (isLost && isFrames)) socket.end()
  }
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    received = isFrames ? takeFrames(received, take) : takeLines(received, take)
  })
  const requests = Array.from({ length: count }, (_, index) => encode(index + 1, request(dice, count), isFrames))
  socket.write(Buffer.concat(requests))
  if (dice.chance(0.2)) setTimeout(() => socket.destroy(), dice.below(10))
  const hasLeft = () => socket.destroyed && !socket.readableEnded
  await closed
  for (const [id, times] of replies) {
    if (times > 1) ledger.violated(`pipe: ${times} replies to request ${id}`)
    if (id < 1 || id > count) ledger.violated(`pipe: a reply to ${id}, which nobody asked`)
  }
  if (replies.size < count && !hasLeft() && !mayEnd && !isLost)
    ledger.violated(`pipe: ${replies.size} of ${count} requests were answered, and the connection ended`)
}

function request(dice: Dice, count: number): Sent {
  return dice.pick<Sent>([
    { command: 'ping', payload: {} },
    { command: 'eval', payload: { expression: `${dice.below(100)} * 2` } },
    { command: 'eval', payload: { expression: '1 / 0' } },
    { command: 'eval', payload: { expression: `import time\ntime.sleep(${dice.next() / 50})` } },
    { command: 'cancel', payload: { requestId: 1 + dice.below(count) } },
    { command: 'module_available', payload: { moduleName: 'json' } },
    { command: 'nonsense', payload: {} },
    { command: 'eval', payload: {} },
  ])
}

function encode(id: number, { command, payload }: Sent, isFrames: boolean): Buffer {
  const text = Buffer.from(JSON.stringify({ id, command, payload }))
  if (!isFrames) return Buffer.concat([text, Buffer.from('\n')])
  const prefix = Buffer.alloc(12)
  prefix.write('BPF1')
  prefix.writeUInt32LE(text.length, 4)
  return Buffer.concat([prefix, text])
}

function takeFrames(bytes: Buffer, take: (text: string) => void): Buffer {
  let at = 0
  while (bytes.length - at >= 12) {
    const end = at + 12 + bytes.readUInt32LE(at + 4)
    const next = end + bytes.readUInt32LE(at + 8)
    if (next > bytes.length) break
    take(bytes.toString('utf8', at + 12, end))
    at = next
  }
  return bytes.subarray(at)
}

function takeLines(bytes: Buffer, take: (text: string) => void): Buffer {
  let at = 0
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, at)) {
    take(bytes.toString('utf8', at, end))
    at = end + 1
  }
  return bytes.subarray(at)
}
