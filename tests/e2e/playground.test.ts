import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'vitest'
import { terminal } from '../integration/cli/terminal.ts'
import type { Terminal } from '../integration/cli/terminal.ts'
import { atEachDoor, atOneDoor } from './harness/doors.ts'
import { expect } from './harness/expect.ts'
import { openWindow } from './harness/open-window.ts'
import { playgroundScreen } from './screens/playground.ts'
import { shell } from './screens/shell.ts'

/** Prints, waits until a file is there, prints again: what came before the file was seen while the code ran. */
const inTwoParts = (signal: string) => `import os, sys, time
print("the first half")
print("a warning", file=sys.stderr)
while not os.path.exists(${JSON.stringify(signal)}):
    time.sleep(0.01)
print("the second half")
[1, 2, 3]`

const wrong = `def divide(a, b):
    return a / b

divide(1, 0)`

async function furnish(user: Terminal): Promise<void> {
  await user.json('init', '--from', 'system')
  await user.json('start', 'pipe', '--name', 'demo', '--detach')
}

atEachDoor((door) => {
  test('output comes as it is printed, then the value', async () => {
    const user = terminal()
    const { page } = await openWindow({ door, user, furnish })
    const { write, run, result } = playgroundScreen(page)
    await shell(page).go('Playground')
    const signal = path.join(user.folder, 'go on')
    await write(inTwoParts(signal))
    await run.click()
    const output = result.getByRole('group', { name: 'Output' })
    await expect(output).toContainText('the first half')
    await expect(output).toContainText('a warning')
    await expect(result.getByRole('status').getByText('Running', { exact: true })).toBeVisible()
    await expect(output).not.toContainText('the second half')

    writeFileSync(signal, '')
    await expect(result.getByRole('status').getByText('Done', { exact: true })).toBeVisible()
    await expect(output).toContainText('the second half')
    await expect(result).toContainText('[1, 2, 3]')
    await expect(result).toContainText('type list')
  })

  test('a loop without an end ends at a click, and the server goes on', async () => {
    const user = terminal()
    const { page } = await openWindow({ door, user, furnish })
    const { write, run, runs, interrupt, result } = playgroundScreen(page)
    await shell(page).go('Playground')
    await write('print("round and round")\nwhile True:\n    pass')
    await run.click()
    await expect(result.getByRole('group', { name: 'Output' })).toContainText('round and round')
    await interrupt.click()
    await expect(result.getByRole('status').getByText('Interrupted', { exact: true })).toBeVisible()
    await runs('6 * 7', 'Done')
    await expect(result).toContainText('42')
    expect(await user.json('servers', 'status', 'demo')).toMatchObject({ state: 'running', workersLost: 0 })
  })
})

atOneDoor('browser', (door) => {
  test('an error shows its line in the code, and the code comes back from the history', async () => {
    const user = terminal()
    const { page } = await openWindow({ door, user, furnish })
    const { editor, runs, result } = playgroundScreen(page)
    await shell(page).go('Playground')
    await runs(wrong, 'Failed')
    const failure = result.getByRole('alert')
    await expect(failure).toContainText('ZeroDivisionError')
    await expect(failure).toContainText('line 2, in divide (the line that failed)')
    await failure.getByRole('button', { name: 'Go to line 2' }).click()
    await expect(editor).toBeFocused()

    await runs('sum(range(10))', 'Done')
    await expect(result).toContainText('45')
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('button', { name: 'Bring back: def divide(a, b):' }).click()
    await expect(editor).toContainText('divide(1, 0)')
    // The history is the browser's, and outlives the page.
    await page.reload()
    await page.getByRole('button', { name: 'History' }).click()
    await expect(page.getByRole('dialog').getByRole('button', { name: /^Bring back/u })).toHaveCount(2)
  })
})

atOneDoor('browser', (door) => {
  test('a session keeps names, asks, and says when its process is lost; it is seen at its server, and closed', async () => {
    const user = terminal()
    const { page } = await openWindow({ door, user, furnish })
    const { write, run, runs, ended, result, openSession, asked, session } = playgroundScreen(page)
    await shell(page).go('Playground')
    await openSession({ name: 'mine', isOwnProcess: true })
    await write('import getpass\nx = input("who? ")\nkey = getpass.getpass("key? ")\nprint(x, len(key))')
    await run.click()
    await ended('Waiting for input')
    await expect(asked('who? ')).toBeFocused()
    await page.keyboard.insertText('Zoë')
    await page.keyboard.press('Enter')
    await expect(asked('key? ')).toHaveAttribute('type', 'password')
    await asked('key? ').fill('abc')
    await result.getByRole('button', { name: 'Answer' }).click()
    await ended('Done')
    const output = result.getByRole('group', { name: 'Output' })
    await expect(output).toContainText('who? Zoë')
    await expect(output).toContainText('key? (not shown)')
    await expect(output).toContainText('Zoë 3')
    await runs('x * 2', 'Done')
    await expect(result).toContainText('ZoëZoë')

    await runs('import os\nos.kill(os.getpid(), 9)', 'Failed')
    const gone = page.getByRole('alert').filter({ hasText: 'Session mine has ended' })
    await expect(gone).toContainText('Its process was lost while it ran your code')
    await gone.getByRole('button', { name: 'New session like it' }).click()
    await expect(gone).toHaveCount(0)
    await expect(session).toHaveValue(/^mine /u)
    await runs('"x" in dir()', 'Done')
    await expect(result).toContainText('False')

    await shell(page).go('Servers')
    await page.getByRole('button', { name: 'Sessions of demo' }).click()
    const drawer = page.getByRole('dialog', { name: 'demo' })
    const row = drawer.getByRole('listitem', { name: 'mine' })
    await expect(row).toContainText(/own process, pid \d+/u)
    await row.getByRole('button', { name: 'Close mine' }).click()
    await shell(page).dialog('Close mine').getByRole('button', { name: 'Close mine' }).click()
    await expect(drawer).toContainText('No sessions')
    expect(await user.json('session', 'list', 'demo')).toEqual([])
  })
})
