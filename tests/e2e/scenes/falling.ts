import { startsAgain } from '../../../contract/index.ts'
import type { Server } from '../../../contract/index.ts'
import type { Terminal } from '../../integration/cli/terminal.ts'
import { eventually } from '../../tools/eventually.ts'
import { controlOf } from '../harness/control.ts'
import type { Control } from '../harness/control.ts'
import { atStartOfPython, noLicence } from '../harness/faults.ts'
import { serversScreen } from '../screens/servers.ts'
import { dialog, goTo, screen } from './scene.ts'
import type { Scene } from './scene.ts'

const name = 'nightly'

/** Milliseconds that a wait has to last for a look at it: the first ones are shorter, and pass unseen. After the last one it is given up. */
const enoughMs = { more: 2500, last: 10_000 } as const

/** A user whose server has just died; it is not seen to wait yet. */
export async function furnishFalling({ home, json }: Terminal): Promise<void> {
  await json('init', '--from', 'system')
  await using host = await controlOf(home)
  await fall(host)
}

/** Has a server die whose Python does not start again, and settles when it waits for a while. */
async function untilItWaits({ home }: Terminal): Promise<void> {
  await using host = await controlOf(home)
  await eventually(
    `${name} waits to start again`,
    async () => {
      const server = (await host.ask('servers.list', {})).find((one) => one.name === name)
      if (server && isWaiting(server)) return true
      if (!server || server.state === 'stopped' || (server.state === 'failed' && !startsAgain(server))) await fall(host)
      return false
    },
    120_000,
  )
}

function isWaiting(server: Server): boolean {
  const { restarts } = server
  if (!startsAgain(server) || !restarts?.nextAt) return false
  const leftMs = Date.parse(restarts.nextAt) - Date.now()
  return leftMs > enoughMs[restarts.attempt < restarts.most ? 'more' : 'last']
}

async function fall({ ask, done }: Control): Promise<void> {
  const known = (await ask('environments.list', {})).find((one) => one.name === 'licensed')
  const { root } = known ?? (await done('environments.create', { name: 'licensed' }))
  atStartOfPython(root, '')
  const { pid } = await done('servers.start', { name, transport: 'pipe', environment: 'licensed' })
  atStartOfPython(root, noLicence)
  if (pid !== null) process.kill(pid, 'SIGKILL')
}

/** Python statements: it does not start either, and has much to say. */
const manyLicences = noLicence.replace(
  'no licence file',
  `no licence file for any of ${Array.from({ length: 24 }, (_, at) => `vendor-solver-${at + 1}`).join(', ')}`,
)

/** Has a start fail that nobody looks at, with a message longer than any notice. */
async function failAtLength({ home }: Terminal): Promise<void> {
  await using host = await controlOf(home)
  await host.done('servers.stop', { name })
  const { root } = await host.ask('environments.get', { name: 'licensed' })
  atStartOfPython(root, manyLicences)
  await host.fails('servers.start', { name: 'reports', transport: 'pipe', environment: 'licensed' })
}

/** A server that has died, and waits to start again by itself: its card, and its description over it. And a notice that is long. */
export function fallingScenes(user: Terminal): readonly Scene[] {
  const there = ({ name: scene, show }: Scene): Scene => ({
    name: scene,
    async show(page) {
      await untilItWaits(user)
      await show(page)
    },
  })
  return [
    there(screen('server-waiting', 'servers', (page) => serversScreen(page).server(name).is('Starts again'))),
    there(dialog('server-waiting-edit', 'servers', (page) => serversScreen(page).server(name).choose('Edit…'))),
    {
      name: 'notice-long',
      async show(page) {
        await goTo(page, 'home')
        await page.getByText('Checked').waitFor()
        await failAtLength(user)
        await page.getByRole('alert').getByText('vendor-solver-24').waitFor()
      },
    },
  ]
}
