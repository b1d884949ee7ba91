import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { terminal } from '../../integration/cli/terminal.ts'
import { eventually } from '../../tools/eventually.ts'
import { openDesktop } from './open-desktop.ts'

test.skipIf(process.platform !== 'linux')('starting at login is a setting, and what the system has', async () => {
  const user = terminal()
  const entry = path.join(user.env['HOME'] ?? '', '.config', 'autostart', 'beep-python-host.desktop')
  const setting = () => user.json<boolean>('config', 'get', 'startAtLogin')
  const first = await openDesktop(user)
  expect(existsSync(entry)).toBe(false)

  await user.beep('config', 'set', 'startAtLogin', 'true')
  const text = await eventually('the entry is there', () => existsSync(entry) && readFileSync(entry, 'utf8'))
  expect(text).toMatch(/^Exec=".*" "--hidden" "--home" ".*dàta root"$/mu)
  await first.quit()

  // The user switches it off where the desktop has it, while the app is away.
  writeFileSync(entry, `${text}Hidden=true\n`)
  const second = await openDesktop(user)
  await eventually('the setting has followed', async () => !(await setting()))

  // And on again in the window, which counts.
  await user.beep('config', 'set', 'startAtLogin', 'true')
  await eventually('the entry is on', () => !readFileSync(entry, 'utf8').includes('Hidden=true'))
  await user.beep('config', 'set', 'startAtLogin', 'false')
  await eventually('the entry is gone', () => !existsSync(entry))
  await second.quit()
})
