import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  isSameProcess,
  ownStart,
  pidExists,
  processStart,
  startTicks,
  windowsProgram,
} from '../../../../core/platform/index.ts'

/** A process that does nothing until the test is over. */
async function idle(): Promise<{ pid: number; end: () => Promise<void> }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const gone = once(child, 'exit')
  const end = async () => {
    child.kill('SIGKILL')
    await gone
  }
  onTestFinished(end)
  return { pid: child.pid!, end }
}

describe('the start of a process', () => {
  it('is read behind a name with spaces and brackets', () => {
    const after = Array.from({ length: 49 }, (_, index) => String(index + 3))
    expect(startTicks(`42 (a ) b) (c) ${after.join(' ')}`)).toBe('22')
    expect(startTicks('')).toBeNull()
  })

  it('stays the same for one process, and differs between two', async () => {
    const one = await idle()
    const start = await processStart(one.pid)
    expect(start).toMatch(/\S/u)
    expect(await processStart(one.pid)).toBe(start)
    expect(await processStart(process.pid)).not.toBe(start)
    expect(await ownStart()).toBe(await processStart(process.pid))
  })

  it('is unknown where there is no process', async () => {
    const one = await idle()
    await one.end()
    expect(await processStart(one.pid)).toBeNull()
    for (const pid of [0, -1, 1.5, Number.NaN]) expect(await processStart(pid)).toBeNull()
  })
})

describe('the same process', () => {
  it('is recognised while it lives, and not after', async () => {
    const one = await idle()
    const start = await processStart(one.pid)
    expect(await isSameProcess(one.pid, start)).toBe(true)
    await one.end()
    expect(await isSameProcess(one.pid, start)).toBe(false)
    expect(await isSameProcess(one.pid, null)).toBe(false)
  })

  it('is another one when the start differs, though the pid is the same', async () => {
    const one = await idle()
    expect(await isSameProcess(one.pid, '1')).toBe(false)
    expect(await isSameProcess(process.pid, '1')).toBe(false)
  })

  it('is decided by the pid alone where no start was recorded', async () => {
    expect(await isSameProcess(process.pid, null)).toBe(true)
  })
})

describe('a pid', () => {
  it('exists or not', async () => {
    const one = await idle()
    expect(pidExists(one.pid)).toBe(true)
    await one.end()
    expect(pidExists(one.pid)).toBe(false)
  })

  it.each([0, -1, -process.pid, 1.5, Number.NaN])('%d is none, and asks for no group', (pid) => {
    expect(pidExists(pid)).toBe(false)
  })

  it.runIf(process.platform === 'linux')('does not exist any more as a zombie', async () => {
    // sh starts a child and becomes a program that never asks how it ended.
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
    onTestFinished(() => void parent.kill('SIGKILL'))
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(String(line))
    await expect.poll(() => pidExists(pid)).toBe(false)
    expect(() => process.kill(pid, 0)).not.toThrow()
  })
})

describe('a program of Windows itself', () => {
  it.each([
    [{ SystemRoot: 'D:\\Win' }, 'D:\\Win\\System32\\taskkill.exe'],
    [{ SYSTEMROOT: 'D:\\Win' }, 'D:\\Win\\System32\\taskkill.exe'],
    [{}, 'C:\\Windows\\System32\\taskkill.exe'],
    [{ SystemRoot: '.' }, 'C:\\Windows\\System32\\taskkill.exe'],
    [{ SystemRoot: '\\\\evil\\share' }, 'C:\\Windows\\System32\\taskkill.exe'],
  ])('with %j is %s', (env, expected) => {
    expect(windowsProgram('taskkill', env)).toBe(expected)
  })
})
