import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import { atOneDoor } from './harness/doors.ts'
import { expect } from './harness/expect.ts'
import { openWindow } from './harness/open-window.ts'
import { localUser } from './harness/user.ts'
import type { LocalUser } from './harness/user.ts'
import { environmentsScreen } from './screens/environments.ts'
import { shell } from './screens/shell.ts'

async function userWithPython(): Promise<LocalUser> {
  const user = await localUser([
    { name: 'tidings', version: '1.0' },
    { name: 'almanac', version: '3.1', requires: ['ephemera>=2'] },
    { name: 'ephemera', version: '2.5' },
    { name: 'requests', version: '2.32.4' },
    { name: 'beautifulsoup4', version: '4.13.5' },
    { name: 'flask', version: '3.1.2' },
  ])
  await user.json('init', '--from', 'system')
  return user
}

atOneDoor('desktop', (door) => {
  test('made with a profile; packages come, are brought up to date and go, each after a look at what that would do', async () => {
    const user = await userWithPython()
    const { page } = await openWindow({ door, user })
    const { go, dialog } = shell(page)
    const environments = environmentsScreen(page)
    await go('Environments')
    await environments.create({ name: 'démo 1', profiles: ['Web'], packages: ['tidings'] })
    for (const one of ['requests', 'beautifulsoup4', 'flask', 'tidings'])
      await expect(environments.package(one)).toBeVisible()

    await environments.button('Install packages').click()
    await environments.name(dialog('Install into démo 1'), 'almanac')
    await dialog('Install into démo 1').getByRole('button', { name: 'Preview' }).click()
    const coming = dialog('Install into démo 1').getByRole('table', { name: '2 come new' })
    await expect(coming).toContainText('almanac')
    await expect(coming).toContainText('ephemera')
    await expect(environments.package('almanac')).toHaveCount(0)
    await dialog('Install into démo 1').getByRole('button', { name: 'Install 2 packages' }).click()
    await expect(environments.package('almanac')).toContainText('3.1')
    await expect(environments.package('ephemera')).toContainText('2.5')

    user.publish({ name: 'tidings', version: '2.0' })
    await environments.button('Look for updates').click()
    await expect(environments.package('tidings')).toContainText('2.0 available')
    await expect(environments.package('flask')).toContainText('Newest')
    await environments.button('Upgrade tidings to 2.0').click()
    await expect(dialog('Upgrade in démo 1').getByRole('table', { name: '1 changes its version' })).toContainText(
      '1.0 → 2.0',
    )
    await dialog('Upgrade in démo 1').getByRole('button', { name: 'Upgrade 1 package' }).click()
    await expect(environments.package('tidings')).toContainText('2.0')

    await environments.button('Remove ephemera').click()
    await expect(dialog('Remove from démo 1')).toContainText('ephemera is needed by almanac')
    await dialog('Remove from démo 1').getByRole('button', { name: 'Cancel' }).click()
    await environments.button('Remove tidings').click()
    await dialog('Remove from démo 1').getByRole('button', { name: 'Remove 1 package' }).click()
    await expect(environments.package('tidings')).toHaveCount(0)
    const left = await user.json<{ name: string }[]>('packages', 'list', 'démo 1')
    expect(left.map(({ name }) => name)).not.toContain('tidings')
  })

  test('written down as a file, and read back into another one', async () => {
    const user = await userWithPython()
    await user.json('venv', 'create', 'first', 'tidings', 'almanac')
    await user.json('venv', 'create', 'bare')
    const { page } = await openWindow({ door, user })
    const { go } = shell(page)
    const environments = environmentsScreen(page)
    await go('Environments')
    await environments.open('first')
    await environments.tab(/^Requirements/u)
    const saving = page.waitForEvent('download')
    await environments.button('Save as a file').click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('requirements-first.txt')
    const text = readFileSync(await saved.path(), 'utf8')
    expect(text).toMatch(/^tidings==1\.0$/mu)

    await environments.back()
    await environments.open('bare')
    await environments.tab(/^Requirements/u)
    await environments.button('Import a file…').click()
    const importing = page.getByRole('dialog')
    await importing.getByRole('textbox', { name: 'Requirements' }).fill(text)
    await importing.getByRole('button', { name: 'Preview' }).click()
    await expect(importing.getByRole('table', { name: '3 come new' })).toContainText('almanac')
    await importing.getByRole('button', { name: /^(Import|Install)/u }).click()
    await environments.tab(/^Packages/u)
    await expect(environments.package('almanac')).toContainText('3.1')
    await expect(environments.package('tidings')).toContainText('1.0')
  })

  test('deleted, and back by one click, at once or later', async () => {
    const user = await userWithPython()
    await user.json('venv', 'create', 'precious', 'tidings')
    const { page } = await openWindow({ door, user })
    const { go, dialog, notification } = shell(page)
    const environments = environmentsScreen(page)
    const remove = async () => {
      await environments.open('precious')
      await environments.choose('precious', 'Delete…')
      await dialog('Delete precious?').getByRole('button', { name: 'Delete precious' }).click()
      await expect(page.getByText('No environment yet')).toBeVisible()
    }
    await go('Environments')
    await remove()
    await notification('precious is deleted').getByRole('button', { name: 'Undo' }).click()
    await expect(environments.row('precious')).toContainText('Ready')

    await remove()
    await page.reload()
    await environments.button('Restore precious').click()
    await expect(environments.row('precious')).toContainText('Ready')
    await environments.open('precious')
    await expect(environments.package('tidings')).toBeVisible()
  })
})
