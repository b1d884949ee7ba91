import { addressOf, startsAgain } from '../../contract/index.ts'
import type { Server } from '../../contract/index.ts'
import type { Place } from '../policy/deep-link.ts'
import { text } from '../text.ts'
import type { TrayServerState } from '../text.ts'
import { liveServers } from './host-view.ts'
import type { HostView } from './host-view.ts'

export type TrayState = 'idle' | 'running' | 'problem'

/** What a click in the menu means, as data. */
export type TrayAction =
  | { readonly do: 'open'; readonly place?: Place }
  /** `label`: what the item says, for who is told that it did not work. */
  | { readonly do: 'start' | 'stop' | 'restart'; readonly server: string; readonly label: string }
  | { readonly do: 'copy'; readonly text: string }
  | { readonly do: 'startAll' | 'stopAll' | 'quit' | 'quitNow' }

export type TrayItem =
  | { readonly kind: 'line' }
  | { readonly kind: 'item'; readonly label: string; readonly action?: TrayAction }
  | { readonly kind: 'menu'; readonly label: string; readonly items: readonly TrayItem[] }

export interface TrayModel {
  readonly state: TrayState
  readonly tooltip: string
  readonly items: readonly TrayItem[]
}

/** More do not fit on small screens; the rest is in the window. Those that run or have failed come first. */
const maxServers = 15
/** Characters; a menu is no place for a page of text. */
const maxErrorLength = 80

const line: TrayItem = { kind: 'line' }
/** An item without an action is greyed out. */
const item = (label: string, action?: TrayAction): TrayItem => ({ kind: 'item', label, ...(action ? { action } : {}) })
const menu = (label: string, items: readonly TrayItem[]): TrayItem => ({ kind: 'menu', label, items })

/** The tray's icon, tooltip and menu, from what the host is like. Nothing in it changes unless the host does. */
export function trayOf(view: HostView): TrayModel {
  const count = (wanted: TrayServerState) => view.servers.filter((server) => stateOf(server) === wanted).length
  const [failed, waiting] = [count('failed'), count('waiting')]
  const live = liveServers(view).length
  // What comes back by itself needs nobody.
  const state = failed > 0 ? 'problem' : live > 0 ? 'running' : 'idle'
  return view.isClosing
    ? { state, tooltip: `${text.product}: ${text.tray.closing}`, items: closingItems() }
    : { state, tooltip: `${text.product}: ${summary(live - waiting, waiting, failed)}`, items: itemsOf(view) }
}

function stateOf(server: Server): TrayServerState {
  return startsAgain(server) ? 'waiting' : server.state
}

function summary(live: number, waiting: number, failed: number): string {
  const { tray } = text
  const said = [live > 0 && tray.running(live), waiting > 0 && tray.waiting(waiting), failed > 0 && tray.failed(failed)]
  const parts = said.filter((part) => part !== false)
  return parts.length === 0 ? text.tray.idle : parts.join(', ')
}

function closingItems(): TrayItem[] {
  return [item(text.tray.closing), item(text.tray.quitNow, { do: 'quitNow' })]
}

function itemsOf(view: HostView): TrayItem[] {
  const startable = view.servers.some(({ state }) => state === 'stopped' || state === 'failed')
  const stoppable = liveServers(view).length > 0
  return [
    item(text.tray.open, { do: 'open' }),
    line,
    ...serverItems(view.servers),
    line,
    item(text.tray.startAll, startable ? { do: 'startAll' } : undefined),
    item(text.tray.stopAll, stoppable ? { do: 'stopAll' } : undefined),
    line,
    menu(text.tray.errors, errorItems(view)),
    item(text.tray.settings, { do: 'open', place: { screen: 'settings' } }),
    line,
    item(text.tray.quit, { do: 'quit' }),
  ]
}

function serverItems(servers: readonly Server[]): TrayItem[] {
  if (servers.length === 0) return [item(text.tray.noServers)]
  const shown =
    servers.length <= maxServers
      ? servers
      : servers.toSorted((a, b) => Number(a.state === 'stopped') - Number(b.state === 'stopped')).slice(0, maxServers)
  const rest = servers.length - shown.length
  return [
    ...shown.map((server) => menu(text.tray.server(server.name, stateOf(server)), oneServer(server))),
    ...(rest > 0 ? [item(text.tray.more(rest), { do: 'open', place: { screen: 'servers' } })] : []),
  ]
}

function oneServer(server: Server): TrayItem[] {
  const { name, transport, endpoint, restarts } = server
  const state = stateOf(server)
  const address = endpoint === null ? undefined : addressOf(endpoint)
  const attempt = state === 'waiting' && restarts && text.tray.attempt(restarts.attempt, restarts.most)
  const isStartable = state === 'stopped' || state === 'failed' || state === 'waiting'
  const isStoppable = state === 'running' || state === 'starting' || state === 'waiting'
  const { start, startNow, stop, cancelStart, giveUp, restart } = text.tray
  const stopLabel = state === 'starting' ? cancelStart : state === 'waiting' ? giveUp : stop
  const change = (what: 'start' | 'stop' | 'restart', label: string, isPossible: boolean) =>
    item(label, isPossible ? { do: what, server: name, label } : undefined)
  return [
    item([text.state(state), attempt, transport, address].filter(Boolean).join(' · ')),
    line,
    change('start', state === 'waiting' ? startNow : start, isStartable),
    change('stop', stopLabel, isStoppable),
    change('restart', restart, state === 'running'),
    line,
    item(text.tray.copy, address === undefined ? undefined : { do: 'copy', text: address }),
    item(text.tray.show, { do: 'open', place: { screen: 'servers', item: name } }),
  ]
}

function errorItems({ failures, servers }: HostView): TrayItem[] {
  if (failures.length === 0) return [item(text.tray.noErrors)]
  return failures.map(({ title, message }) => {
    const isServer = servers.some(({ name }) => name === title)
    const place = isServer ? { screen: 'servers', item: title } : { screen: 'activity' }
    return item(shortened(`${title}: ${message}`), { do: 'open', place })
  })
}

function shortened(message: string): string {
  const [first = ''] = message.split('\n')
  return first.length > maxErrorLength ? `${first.slice(0, maxErrorLength - 1)}…` : first
}
