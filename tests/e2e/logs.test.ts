import { readFileSync } from 'node:fs'
import { expect } from './harness/expect.ts'
import { test } from 'vitest'
import { terminal } from '../integration/cli/terminal.ts'
import { atEachDoor } from './harness/doors.ts'
import { openWindow } from './harness/open-window.ts'
import { logsScreen } from './screens/logs.ts'
import { shell } from './screens/shell.ts'

const numbered = 'for number in range(1, 401): print(f"line {number} of 400")'

atEachDoor((door) => {
  test('a log: searched, filtered, paused, saved', async () => {
    const user = terminal()
    await user.json('init', '--from', 'system')
    const { page } = await openWindow({
      door,
      user,
      async furnish() {
        await user.json('start', 'pipe', '--name', 'demo', '--detach')
        await user.json('start', 'pipe', '--name', 'other', '--detach')
        await user.json('eval', 'demo', numbered)
      },
    })
    const { lines, search, pause, follow, save, choose } = logsScreen(page)
    await shell(page).go('Logs')
    // All servers, the newest line in view.
    await expect(lines).toContainText('line 400 of 400')
    await choose('Server', 'demo')
    await expect(page).toHaveURL(/#\/logs\/demo$/u)
    await expect(lines).toContainText('line 400 of 400')

    await search.fill('line 7')
    await expect(page.getByText(/of 11$/u)).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(lines).toContainText('line 7 of 400')
    await page.keyboard.press('Escape')

    await user.json('eval', 'demo', 'import sys; print("to the other stream", file=sys.stderr)')
    await follow.click()
    await expect(lines).toContainText('to the other stream')
    await choose('Stream', 'stderr')
    await expect(lines).not.toContainText('of 400')
    await expect(lines).toContainText('to the other stream')
    await page.getByRole('combobox', { name: 'Stream' }).focus()
    await choose('Stream', 'stderr')

    await pause.click()
    await user.json('eval', 'demo', 'print("while nobody followed")')
    await expect(page.getByText('1 new line')).toBeVisible()
    await expect(lines).not.toContainText('while nobody followed')
    await follow.click()
    await expect(lines).toContainText('while nobody followed')

    const saving = page.waitForEvent('download')
    await save.click()
    const file = await saving
    expect(file.suggestedFilename()).toMatch(/^demo.*\.(log|txt)$/u)
    const text = readFileSync(await file.path(), 'utf8')
    expect(text).toContain('line 1 of 400')
    expect(text.trimEnd()).toMatch(/while nobody followed$/u)
  })

  test('what is printed now is there now, and the address of a log outlives a reload', async () => {
    const user = terminal()
    await user.json('init', '--from', 'system')
    const { page } = await openWindow({
      door,
      user,
      furnish: async () => void (await user.json('start', 'pipe', '--name', 'demo', '--detach')),
    })
    const { lines } = logsScreen(page)
    await shell(page).go('Logs')
    await user.json('eval', 'demo', 'print("<b>as it is</b> & \\u001b[31mred\\u001b[0m")')
    await expect(lines).toContainText('<b>as it is</b> & red')
    await page.reload()
    await expect(lines).toContainText('<b>as it is</b> & red')
    await user.json('eval', 'demo', 'print("after the reload")')
    await expect(lines).toContainText('after the reload')
  })
})
