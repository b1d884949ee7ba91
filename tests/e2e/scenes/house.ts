import { rmSync } from 'node:fs'
import { connect as connectSocket } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { connect } from '../../../client/src/index.ts'
import { controlOf } from '../harness/control.ts'
import type { Control } from '../harness/control.ts'
import type { Terminal } from '../../integration/cli/terminal.ts'
import { atStartOfPython, holdPort, noLicence } from '../harness/faults.ts'
import { localUser, withPythonMirror } from '../harness/user.ts'
import type { LocalUser } from '../harness/user.ts'
import { packages } from './packages.ts'

/** What prints when the log of a server is to look like one. */
const chatter = `
import sys
for number in range(1, 41):
    print(f"INFO  orders.sync: batch {number} of 40, {number * 25} rows written")
    if number % 9 == 0:
        print(f"WARNING orders.sync: row {number * 25 - 3} has no customer, left out", file=sys.stderr)
print("ERROR orders.mail: the mail server did not answer within 10 s, tried 3 times", file=sys.stderr)
print("INFO  orders.sync: done in 1.84 s")
`

/** A user who has been at it for a while: everything that the screens can show, made for real. */
export async function richUser(): Promise<LocalUser> {
  const user = await localUser(packages)
  await withPythonMirror(user)
  return user
}

/** Fills the data root of a user whose host runs. */
export async function furnish({ home }: Terminal): Promise<void> {
  await using host = await controlOf(home)
  const { done, ask } = host
  await done('runtimes.install', {})
  await done('environments.ensureAdmin', {})
  await done('environments.create', { name: 'data-tools', packages: ['numpy==2.2.6', 'pandas==2.2.3', 'requests'] })
  await done('packages.install', { name: 'data-tools', packages: ['jinja2', 'attrs'] })
  await done('packages.snapshot', { name: 'data-tools', note: 'before the spring report' })
  await done('environments.create', { name: 'imaging', packages: ['pillow', 'scikit-learn', 'matplotlib'] })
  await done('environments.create', { name: 'reports for Zoë' })
  const broken = await done('environments.create', { name: 'old-project', packages: ['requests'] })

  await done('servers.start', { name: 'orders', transport: 'http', environment: 'data-tools', port: 0 })
  await done('servers.start', { name: 'vision', transport: 'pipe', environment: 'imaging' })
  await done('servers.start', { name: 'scratch', transport: 'pipe', environment: 'reports for Zoë' })
  await done('servers.stop', { name: 'scratch' })
  await conflict(host)
  await failure(host)

  await host.fails('packages.install', { name: 'imaging', packages: ['pilow'] })
  await speak(home)
  rmSync(path.join(broken.root, 'bin'), { recursive: true })
  await ask('doctor.run', {})
}

/** A server whose port somebody else has. */
async function conflict({ fails }: Control): Promise<void> {
  const { port } = await holdPort()
  await fails('servers.start', { name: 'dashboard', transport: 'http', environment: 'data-tools', port })
}

/** A server whose environment ends Python as soon as it starts. */
async function failure({ done, fails }: Control): Promise<void> {
  const { root } = await done('environments.create', { name: 'licensed' })
  atStartOfPython(root, noLicence)
  await fails('servers.start', { name: 'nightly', transport: 'pipe', environment: 'licensed' })
}

/** Lets the servers say something. */
async function speak(home: string): Promise<void> {
  await using orders = await connect('orders', { home })
  await orders.evaluate(chatter)
  await using vision = await connect('vision', { home })
  await vision.evaluate('print("loading the model")\nprint("model ready: 3 layers, 1 204 parameters")')
  await hold(home)
}

/** Sessions that outlive who opened them, as those of programs do. */
export async function hold(home: string): Promise<void> {
  await using host = await controlOf(home)
  const { id } = await host.ask('sessions.open', { server: 'vision', name: 'training', leaseSeconds: 3600 })
  await host.ask('sessions.open', { server: 'vision', ownProcess: true, memoryLimitBytes: 2 ** 30, timeoutSeconds: 60 })
  const endpoint = await host.ask('servers.endpoint', { name: 'vision' })
  if (endpoint.transport !== 'pipe') throw new Error('vision is a pipe server')
  // As a program does that keeps its objects: the client package would let go of them as it ends.
  const socket = connectSocket(endpoint.path)
  for (const value of [['weights', 0.5, 0.25], 'resnet', { layer: 3, units: 64 }]) {
    socket.write(`${JSON.stringify({ command: 'wrap', payload: { sessionId: id, value } })}\n`)
  }
  socket.end()
  await text(socket)
}
