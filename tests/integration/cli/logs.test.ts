import { describe, expect, test } from 'vitest'
import type { LogLine } from '../../../contract/index.ts'
import { terminal } from './terminal.ts'

describe('logs --follow', () => {
  test('goes on with what comes, as NDJSON, until Ctrl+C', async () => {
    const user = terminal()
    await user.json('start', 'pipe', '-d')
    const following = user.start(['logs', 'pipe', '-f', '--json'])
    await following.said('ready')
    for (const word of ['one', 'two', 'three']) {
      await user.json('eval', 'pipe', `print("${word}")`)
      await following.said(`"text":"${word}"`)
    }
    following.child.kill('SIGINT')
    const { code, stdout, stderr } = await following.ended
    expect([code, stderr]).toEqual([130, ''])
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LogLine)
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, place) => place))
    expect(lines.slice(-3).map(({ text }) => text)).toEqual(['one', 'two', 'three'])
  })

  test('ends when the reader goes', async () => {
    const user = terminal()
    await user.json('start', 'pipe', '-d')
    const following = user.start(['logs', 'pipe', '-f'])
    await following.said('ready')
    following.child.stdout!.destroy()
    await user.json('eval', 'pipe', 'print("nobody reads this")')
    expect((await following.ended).code).toBe(0)
  })

  test('without a host shows what there is', async () => {
    const user = terminal()
    await user.json('start', 'pipe', '-d')
    await user.json('host', 'stop')
    const ran = await user.beep('logs', 'pipe', '-f')
    expect([ran.code, ran.stderr]).toEqual([0, '"pipe" is not running, so nothing more will come\n'])
    expect(ran.stdout).toContain('ready')
  })
})
