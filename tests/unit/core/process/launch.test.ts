import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { pidExists } from '../../../../core/platform/index.ts'
import { killGroup, launch } from '../../../../core/process/index.ts'
import type { Launched } from '../../../../core/process/index.ts'
import { eventually } from '../../../tools/eventually.ts'
import { env, fixture } from '../../../tools/family.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

interface Heard {
  readonly launched: Launched
  readonly lines: readonly string[]
}

async function start(argv: [string, ...string[]], firstLine?: string): Promise<Heard> {
  const lines: string[] = []
  const launched = await launch(argv, {
    env,
    ...(firstLine === undefined ? {} : { firstLine }),
    onLine: (line, stream) => lines.push(`${stream}: ${line}`),
  })
  onTestFinished(async () => {
    if (!launched.hasExited()) process.kill(launched.pid, 'SIGKILL')
    await launched.exited
  })
  return { launched, lines }
}

const say = (what: string, ...rest: string[]) => fixture('proc-output.mjs', what, ...rest)

describe('a long-lived child', () => {
  it('gets its first line at once, further lines later, and stdin stays open until it is closed', async () => {
    const { launched, lines } = await start(say('stdin'), '{"token":"é"}')
    await eventually('the first line is back', () => lines.includes('stdout: {"token":"é"}'))
    launched.writeLine('more')
    await eventually('the second line is back', () => lines.includes('stdout: more'))
    expect(launched.hasExited()).toBe(false)
    launched.closeStdin()
    expect(await launched.exited).toEqual({ exitCode: 0, signal: null })
    expect(launched.hasExited()).toBe(true)
    expect(launched.lastLines()).toEqual(['{"token":"é"}', 'more'])
  })

  it('tells its exit code', async () => {
    const { launched } = await start(say('exit', '9'))
    expect(await launched.exited).toEqual({ exitCode: 9, signal: null })
  })

  it.runIf(process.platform !== 'win32')('tells the signal that ended it', async () => {
    const { launched } = await start(say('silent'))
    process.kill(launched.pid, 'SIGKILL')
    expect(await launched.exited).toEqual({ exitCode: null, signal: 'SIGKILL' })
  })

  it('has its last words heard before its end is told', async () => {
    const { launched, lines } = await start(say('last'))
    await launched.exited
    expect(lines.at(-1)).toBe('stdout: the very last line')
    expect(lines.join('').length).toBeGreaterThan(40_000)
  })

  it('may close its stdout and live on', async () => {
    const { launched, lines } = await start(say('close-stdout'))
    await eventually('its stdout is closed', () => lines.includes('stderr: closed'))
    expect(launched.hasExited()).toBe(false)
    launched.closeStdin()
    expect(await launched.exited).toEqual({ exitCode: 3, signal: null })
    expect(lines).toEqual(['stdout: before', 'stderr: closed', 'stderr: still here'])
  })

  it('is told as ended though a grandchild holds its stdout', async () => {
    const { launched, lines } = await start(say('leave'))
    expect(await launched.exited).toEqual({ exitCode: 0, signal: null })
    const left = Number(/\d+/u.exec(lines[0] ?? '')?.[0])
    expect(pidExists(left)).toBe(true)
    process.kill(left, 'SIGKILL')
  })

  it('may end at once without reading a word, and late lines do no harm', async () => {
    const { launched } = await start(say('exit', '0'), 'x'.repeat(1_000_000))
    await launched.exited
    launched.writeLine('nobody there')
    launched.closeStdin()
    launched.closeStdin()
    launched.writeLine('nobody there')
  })

  it('is the leader of its own group, which can be killed whole', async () => {
    const { launched, lines } = await start(fixture('proc-family.mjs', '--child'))
    const line = await eventually('the family is there', () => lines[0])
    const { child } = JSON.parse(line.slice('stdout: '.length)) as { child: number }
    killGroup(launched.pid)
    expect(await launched.exited).toEqual({ exitCode: null, signal: 'SIGKILL' })
    await eventually('the child is gone', () => !pidExists(child))
    killGroup(launched.pid)
  })

  it('that does not exist is an error with its evidence', async () => {
    const program = path.join(tempFolder(), 'python')
    await expect(launch([program, '-I'], { env, onLine: () => {} })).rejects.toMatchObject({
      code: 'SPAWN_FAILED',
      message: `Could not start ${program}: ENOENT`,
      details: { argv: [program, '-I'], errno: 'ENOENT' },
    })
  })
})
