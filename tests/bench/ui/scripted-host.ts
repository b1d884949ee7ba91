import path from 'node:path'
import { AppError, toErrorInfo } from '../../../contract/index.ts'
import type { CommandName, CommandReply, LogLine } from '../../../contract/index.ts'
import { openBrowserDoor } from '../../../core/browser/index.ts'
import type { Dispatch } from '../../../core/dispatch.ts'
import { createEventHub } from '../../../core/events/index.ts'
import { houseAt, line, loud, settings } from './house.ts'

const pages = path.resolve(import.meta.dirname, '../../../dist/renderer')
/** Milliseconds between two bundles of lines, as a server's log gathers them. */
const bundleMs = 50
/** Milliseconds between two samples of every server. */
const sampleMs = 2000

/** The real browser door in front of rooms that are a table: it answers at once, and writes a log as fast as it is told to. */
export interface ScriptedHost {
  readonly address: () => string
  /** Writes so many lines at so many a second. Settles when the last has been told. */
  readonly write: (lines: number, perSecond: number) => Promise<void>
  readonly written: () => number
  readonly close: () => Promise<void>
}

type Answers = { readonly [N in CommandName]?: (params: never) => CommandReply<N> }

export async function openScriptedHost(): Promise<ScriptedHost> {
  const events = createEventHub()
  let log: LogLine[] = []
  let seq = 0
  const house = houseAt(0)
  const answers: Answers = {
    'host.snapshot': () => houseAt(events.revision()),
    'host.info': () => house.host,
    'settings.get': () => settings,
    'doctor.run': () => [{ id: 'python', title: 'Python', outcome: 'ok', detail: 'Ready' }],
    'runtimes.catalog': () => [],
    'profiles.list': () => [],
    'environments.trash': () => [],
    'packages.list': () => Array.from({ length: 120 }, (_, index) => ({ name: `package-${index}`, version: '1.0' })),
    'servers.usage': () => [],
    'servers.logs': ({ name, lines }: { readonly name: string; readonly lines: number }) =>
      name === loud ? log.slice(-lines) : [],
  }
  const dispatch: Dispatch = (name, params) => {
    const answer = answers[name as CommandName] as ((params: unknown) => CommandReply<CommandName>) | undefined
    if (answer) return Promise.resolve({ ok: answer(params) })
    return Promise.resolve({ error: toErrorInfo(new AppError('UNSUPPORTED', `${name} is not in the script`)) })
  }
  const door = await openBrowserDoor({
    dispatch,
    events,
    pages,
    theme: () => Promise.resolve(settings.theme),
    port: 0,
    log: () => {},
  })
  const sampling = setInterval(() => {
    const at = new Date().toISOString()
    for (const { name, state } of house.servers) {
      if (state === 'running')
        events.emit('server.sampled', { name, sample: { at, cpu: Math.random(), memoryBytes: 60_000_000 } })
    }
  }, sampleMs)

  return {
    address: door.address,
    written: () => seq,
    write: (lines, perSecond) =>
      new Promise((resolve) => {
        const start = performance.now()
        const first = seq
        const timer = setInterval(() => {
          const due = Math.min(lines, Math.floor(((performance.now() - start) / 1000) * perSecond))
          const at = new Date().toISOString()
          const bundle = Array.from({ length: first + due - seq }, (_, index) => line(seq + index, at))
          seq = first + due
          log = [...log, ...bundle].slice(-100_000)
          if (bundle.length > 0) events.emit('log.appended', { server: loud, lines: bundle })
          if (due < lines) return
          clearInterval(timer)
          resolve()
        }, bundleMs)
      }),
    async close() {
      clearInterval(sampling)
      await door.close()
    },
  }
}
