import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError, instanceFileSchema, isAppError, settingsSchema } from '../contract/index.ts'
import type { InstanceFile } from '../contract/index.ts'
import { createBrowserEntrance } from './browser/index.ts'
import { createGrants, createHostLog, openDoor, watchIdle } from './control/index.ts'
import { createCore } from './create-core.ts'
import type { Core, CoreOptions } from './create-core.ts'
import { createSecrets } from './events/index.ts'
import { addressContext, dataRoot, layoutOf, localAddress, processStart } from './platform/index.ts'
import type { Layout } from './platform/index.ts'
import { acquireLock, privateFolder, readJson, writeJson } from './storage/index.ts'
import { shipped } from './shipped.ts'
import { version } from './version.ts'

export interface HostOptions extends Pick<CoreOptions, 'home' | 'env' | 'desktop' | 'fetch'> {
  /** Ends by itself once nothing has been running for a while: for a host that a command woke. */
  readonly untilIdle?: boolean
}

/** Core with its control door open: what every other program of this data root talks to. */
export interface Host {
  readonly core: Core
  readonly instance: InstanceFile
  /** Writes a line to the host's own log. */
  readonly log: (text: string) => void
  /** Stops everything, verified, and takes the instance file away. Safe to call again. */
  readonly close: () => Promise<void>
  /** Settles when the host has closed, whoever asked for it. */
  readonly closed: Promise<void>
}

/**
 * Becomes the host of a data root. One at a time: the lock tells, and a killed host's lock is taken over.
 * @throws ALREADY_RUNNING with the other's pid.
 */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const env = options.env ?? process.env
  const layout = layoutOf(dataRoot(env, options.home))
  await privateFolder(layout.home)
  await privateFolder(layout.logs)
  const release = await takeInstance(layout)
  const undo: (() => Promise<void>)[] = [release]
  const secrets = createSecrets()
  const log = createHostLog(layout, secrets)
  try {
    const { promise: closed, resolve: settle } = Promise.withResolvers<void>()
    let closing: Promise<void> | undefined
    const close = () =>
      (closing ??= (async () => {
        log('closing')
        for (const step of undo.reverse())
          await step().catch((error: unknown) => log(`while closing: ${String(error)}`))
        log('closed')
        settle()
      })())

    const startedAt = new Date().toISOString()
    const instanceId = randomUUID()
    const { address, folder } = localAddress(layout, 'control', addressContext(env))
    const grants = createGrants()
    const core = await createCore({
      home: layout.home,
      env,
      desktop: options.desktop,
      fetch: options.fetch,
      log,
      secrets,
      host: {
        instanceId,
        startedAt,
        stop: () => void close(),
        browserAddress: (port) => browser.address(port),
        control: { address, grant: grants.grant },
      },
    })
    undo.push(() => core.close())
    const browser = createBrowserEntrance({
      dispatch: core.dispatch,
      events: core.events,
      pages: shipped('dist/renderer'),
      theme: async () => {
        const reply = await core.dispatch('settings.get', {})
        return 'ok' in reply ? settingsSchema.parse(reply.ok).theme : 'system'
      },
      log,
    })
    undo.push(() => browser.close())

    if (folder !== undefined) {
      await privateFolder(folder)
      // The lock is ours, so whatever socket lies here belongs to a host that was killed.
      await rm(address, { force: true })
    }
    const { token } = grants.grant('owner')
    secrets.add(token)
    const door = await openDoor(address, {
      dispatch: core.dispatch,
      events: core.events,
      grants,
      hello: { instanceId, pid: process.pid, version },
    })
    undo.push(() => door.close())

    const instance: InstanceFile = {
      version: 1,
      pid: process.pid,
      processStart: await processStart(process.pid),
      startedAt,
      address,
      token,
      instanceId,
    }
    undo.push(() => rm(layout.instance, { force: true }))
    await writeJson(layout.instance, instance)
    if (options.untilIdle)
      undo.push(
        watchIdle(
          core,
          () => door.openRequests() > 0 || browser.isInUse(),
          () => void close(),
        ),
      )
    log(`host ${version} started, pid ${process.pid}, ${address}`)
    return { core, instance, log, close, closed }
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => {})
    throw error
  }
}

async function takeInstance(layout: Layout): Promise<() => Promise<void>> {
  try {
    return await acquireLock(path.join(layout.locks, 'instance'), { timeoutMs: 0 })
  } catch (error) {
    if (!isAppError(error, 'LOCKED')) throw error
    const found = await readJson(layout.instance, instanceFileSchema)
    const pid = found.state === 'ok' ? found.value.pid : error.details?.['pid']
    throw new AppError(
      'ALREADY_RUNNING',
      `A host is already running for ${layout.home}${pid === undefined ? '' : ` (pid ${String(pid)})`}`,
      {
        hint: 'Use it, or end it with `beep-host host stop`.',
        details: { home: layout.home, pid },
      },
    )
  }
}
