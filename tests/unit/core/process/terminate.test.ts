import { describe, expect, it, onTestFinished } from 'vitest'
import { pidExists } from '../../../../core/platform/index.ts'
import { terminate } from '../../../../core/process/index.ts'
import { eventually } from '../../../tools/eventually.ts'
import { startFamily } from '../../../tools/family.ts'
import type { Family } from '../../../tools/family.ts'

/** Long enough for a busy machine where the rung is meant to do it, short where it is meant to fail. */
const patient = { askMs: 15_000, terminateMs: 15_000, killMs: 15_000 }
const deafToStdin = { ...patient, askMs: 100 }
const deafToAll = { askMs: 100, terminateMs: 100, killMs: 15_000 }

const alive = (family: Family) => Object.values(family.pids).filter(pidExists)

describe.runIf(process.platform !== 'win32')('the ladder', () => {
  it('asks, where that is enough', async () => {
    const family = await startFamily('--stdin')
    expect(await terminate(family.launched, patient)).toEqual({ rung: 'ask', survivors: [] })
    expect(await family.launched.exited).toEqual({ exitCode: 0, signal: null })
  })

  it('terminates what does not listen, once', async () => {
    const family = await startFamily('--sigterm')
    expect(await terminate(family.launched, deafToStdin)).toEqual({ rung: 'terminate', survivors: [] })
    expect(await family.launched.exited).toEqual({ exitCode: 7, signal: null })
    expect(family.lines.filter((line) => line === 'got SIGTERM')).toHaveLength(1)
  })

  it('leaves the asking out where it is told to', async () => {
    const family = await startFamily('--stdin', '--sigterm')
    expect(await terminate(family.launched, { ...patient, askMs: 0 })).toEqual({ rung: 'terminate', survivors: [] })
    expect(await family.launched.exited).toEqual({ exitCode: 7, signal: null })
  })

  it('kills what ignores everything', async () => {
    const family = await startFamily()
    expect(await terminate(family.launched, deafToAll)).toEqual({ rung: 'kill', survivors: [] })
    expect(await family.launched.exited).toEqual({ exitCode: null, signal: 'SIGKILL' })
  })

  it('kills children that ignore everything, though the root obeys', async () => {
    const family = await startFamily('--stdin', '--child')
    expect(await terminate(family.launched, deafToAll)).toEqual({ rung: 'kill', survivors: [] })
    expect(await family.launched.exited).toEqual({ exitCode: 0, signal: null })
    expect(alive(family)).toEqual([])
  })

  it('finds a grandchild in a session of its own, even after its parent has ended', async () => {
    const family = await startFamily('--stdin', '--child', '--setsid')
    expect(await terminate(family.launched, deafToAll)).toEqual({ rung: 'kill', survivors: [] })
    expect(alive(family)).toEqual([])
  })

  it('finds what was begun while it was stopping', async () => {
    const family = await startFamily('--breed')
    const report = terminate(family.launched, { askMs: 50, terminateMs: 5000, killMs: 15_000 })
    const line = await eventually('it has bred', () => family.lines.find((text) => text.includes('bred')))
    const { bred } = JSON.parse(line) as { bred: number }
    onTestFinished(() => {
      if (pidExists(bred)) process.kill(bred, 'SIGKILL')
    })
    expect(await report).toEqual({ rung: 'kill', survivors: [] })
    expect(pidExists(bred)).toBe(false)
  })

  it('says when there was nothing to do', async () => {
    const family = await startFamily('--stdin')
    family.launched.closeStdin()
    await family.launched.exited
    expect(await terminate(family.launched, patient)).toEqual({ rung: 'gone', survivors: [] })
  })

  it('ends what a root has left in its group, though the root is long gone', async () => {
    const family = await startFamily('--stdin', '--child')
    family.launched.closeStdin()
    await family.launched.exited
    expect(alive(family)).toEqual([family.pids['child']])
    expect(await terminate(family.launched, deafToAll)).toEqual({ rung: 'kill', survivors: [] })
    expect(alive(family)).toEqual([])
  })

  it('leaves a stranger alone that bears the pid of an ended root', async () => {
    const stranger = await startFamily('--child')
    const ended = { pid: stranger.pid, hasExited: () => true, closeStdin: () => {} }
    expect(await terminate(ended, deafToAll)).toEqual({ rung: 'gone', survivors: [] })
    expect(alive(stranger)).toHaveLength(2)
  })

  it('may be climbed by two at once', async () => {
    const family = await startFamily('--sigterm', '--child')
    const reports = await Promise.all([terminate(family.launched, deafToAll), terminate(family.launched, deafToAll)])
    expect(reports.map((report) => report.survivors)).toEqual([[], []])
    expect(alive(family)).toEqual([])
  })
})
