import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { pidExists } from '../../../core/platform/index.ts'
import { terminal } from '../../integration/cli/terminal.ts'
import { logged } from '../harness/host-log.ts'
import { openDesktop, userWithPython } from './open-desktop.ts'

interface Status {
  readonly servers: readonly { readonly name: string; readonly processes: readonly { readonly pid: number }[] }[]
}

test('quitting stops every server, proves it, and leaves nothing', async () => {
  const user = await userWithPython()
  const desktop = await openDesktop(user)
  for (const name of ['one', 'two']) await user.beep('start', 'pipe', '--name', name, '--detach')
  const { servers } = await user.json<Status>('status')
  const pids = servers.flatMap(({ processes }) => processes.map(({ pid }) => pid))
  expect(pids.length).toBeGreaterThanOrEqual(4)

  await desktop.tray.click('Quit')
  expect(await desktop.closed).toEqual({ code: 0, signal: null })
  expect(pids.filter(pidExists)).toEqual([])
  for (const file of ['instance.json', 'endpoints/one.json', 'endpoints/two.json'])
    expect(existsSync(path.join(user.home, file)), file).toBe(false)
  await logged(user, /closed$/mu)
})

test('a server that takes its time is waited for, which is said, and need not be', async () => {
  const user = await userWithPython()
  const desktop = await openDesktop(user)
  await user.beep('start', 'pipe', '--name', 'slow', '--detach')
  // Asked to end, it does not: the pool waits for its worker, which is stopped.
  const { servers } = await user.json<Status>('status')
  const pids = servers[0]!.processes.map(({ pid }) => pid)
  for (const pid of pids) process.kill(pid, 'SIGSTOP')

  await desktop.menu.click('File', 'Quit')
  const view = await desktop.until('it says what it waits for', ({ dialogs }) => dialogs[0])
  expect(view.dialogs).toMatchObject([{ message: 'Stopping 1 server', buttons: ['Wait', 'Quit without waiting'] }])
  expect(view.tray).toMatchObject({
    tooltip: 'Beep Python Host: stopping every server…',
    menu: [{ label: 'stopping every server…' }, { label: 'Quit without waiting', enabled: true }],
  })
  await desktop.dialogs.answer('Quit without waiting')
  expect(await desktop.closed).toEqual({ code: 0, signal: null })
  // They notice as soon as they run again.
  for (const pid of pids) if (pidExists(pid)) process.kill(pid, 'SIGCONT')
  await expect.poll(() => pids.filter(pidExists), { timeout: 20_000 }).toEqual([])
})

test('a signal is a wish to quit, and so is the end of the host from a terminal', async () => {
  const user = terminal()
  const first = await openDesktop(user)
  expect(await first.quit()).toEqual({ code: 0, signal: null })
  const second = await openDesktop(user)
  expect((await user.beep('host', 'stop')).code).toBe(0)
  expect(await second.closed).toEqual({ code: 0, signal: null })
})
