import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import { atOneDoor } from './harness/doors.ts'
import { expect } from './harness/expect.ts'
import { openWindow } from './harness/open-window.ts'
import { localUser } from './harness/user.ts'
import { environmentsScreen } from './screens/environments.ts'
import { profilesScreen } from './screens/profiles.ts'
import { shell } from './screens/shell.ts'

atOneDoor('browser', (door) => {
  test('one of my own: made, changed, given away as a file and taken back from it, begun with, and deleted', async () => {
    const user = await localUser([
      { name: 'tidings', version: '1.0' },
      { name: 'almanac', version: '3.1' },
    ])
    await user.json('init', '--from', 'system')
    const { page } = await openWindow({ door, user })
    const { go, dialog, notification } = shell(page)
    const { row, button, save, choose } = profilesScreen(page)
    await go('Profiles')
    await expect(page.getByText('No profile of your own yet')).toBeVisible()
    await button('New profile').first().click()
    await dialog('New profile').getByRole('textbox', { name: 'Packages', exact: true }).fill('tidings --evil')
    await expect(dialog('New profile')).toContainText('"tidings --evil" is not a package requirement')
    await save(dialog('New profile'), { name: 'Field notes', summary: 'News', packages: 'tidings' })
    await expect(row('Field notes')).toContainText('field-notes')

    await button('Edit Field notes').click()
    await save(dialog('Edit Field notes'), { summary: 'News and weather', packages: 'tidings>=1\nalmanac' })
    await expect(row('Field notes')).toContainText('News and weather')
    await expect(row('Field notes')).toContainText('tidings, almanac')

    const saving = page.waitForEvent('download')
    await choose('Field notes', 'Export Field notes')
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('field-notes.beep-profile.json')
    const file = await saved.path()
    expect(readFileSync(file, 'utf8')).toContain('"tidings>=1"')
    await choose('Field notes', 'Delete Field notes')
    await expect(notification('Field notes is deleted')).toBeVisible()
    await expect(row('Field notes')).toHaveCount(0)

    await button('Import…').click()
    await dialog('Import profiles').locator('input[type=file]').setInputFiles(file)
    await dialog('Import profiles').getByRole('button', { name: 'Import', exact: true }).click()
    await expect(notification('1 profile imported')).toBeVisible()
    await expect(row('Field notes')).toContainText('tidings, almanac')

    await choose('Field notes', 'New environment with Field notes')
    const making = dialog('New environment')
    await expect(making.getByRole('checkbox', { name: 'Field notes' })).toBeChecked()
    await making.getByRole('textbox', { name: 'Name' }).fill('outdoors')
    await making.getByRole('button', { name: 'Create' }).click()
    const environments = environmentsScreen(page)
    await environments.made('outdoors')
    await expect(environments.package('almanac')).toContainText('3.1')
    await expect(environments.package('tidings')).toContainText('1.0')

    await go('Profiles')
    await choose('Field notes', 'Delete Field notes')
    await expect(page.getByText('No profile of your own yet')).toBeVisible()
    const left = await user.json<{ name: string }[]>('venv', 'list')
    expect(left.map(({ name }) => name)).toContain('outdoors')
  })
})
