import { describe, expect, it } from 'vitest'
import {
  descendants,
  descendantsIn,
  parseLinuxStat,
  parsePs,
  parseWindowsProcesses,
  processTable,
} from '../../../../core/platform/index.ts'
import { startFamily } from '../../../tools/family.ts'

describe('the process table', () => {
  it('is read from ps', () => {
    const text = [
      '    1     0     1 Ss   Mon Nov  3 10:00:00 2025    ',
      '  501     1   501 S+   Mon Nov  3 10:00:01 2025    ',
      '  502   501   501 Z    Mon Nov  3 10:00:02 2025    ',
      'no row',
      '',
    ].join('\n')
    expect(parsePs(text)).toEqual([
      { pid: 1, parent: 0, group: 1, start: 'Mon Nov  3 10:00:00 2025' },
      { pid: 501, parent: 1, group: 501, start: 'Mon Nov  3 10:00:01 2025' },
    ])
    expect(parsePs('  7 1 7\n')).toEqual([{ pid: 7, parent: 1, group: 7 }])
  })

  it('is read from PowerShell, be it one row or many', () => {
    const one = '{"ProcessId":8,"ParentProcessId":4,"Start":"133500000000000000"}'
    const row = { pid: 8, parent: 4, group: 0, start: '133500000000000000' }
    expect(parseWindowsProcesses(one)).toEqual([row])
    expect(parseWindowsProcesses(`[{"ProcessId":0,"ParentProcessId":0,"Start":null},${one}]`)).toEqual([
      { pid: 0, parent: 0, group: 0 },
      row,
    ])
    expect(() => parseWindowsProcesses('[{"Name":"x"}]')).toThrow()
  })

  it('is read from /proc, zombies left out', () => {
    const rest = '1 7 7 0 -1 4194560 1 0 0 0 1 1 0 0 20 0 1 0 9876 1 1'
    expect(parseLinuxStat(7, `7 (a) b) S ${rest}`)).toEqual({ pid: 7, parent: 1, group: 7, start: '9876' })
    expect(parseLinuxStat(7, `7 (x) Z ${rest}`)).toBeUndefined()
  })

  it('holds this process', async () => {
    const me = (await processTable()).find((row) => row.pid === process.pid)
    expect(me).toMatchObject({ parent: process.ppid, start: expect.stringMatching(/\S/u) })
  })
})

describe('descendants', () => {
  const row = (pid: number, parent: number, group = 0, start?: string) => ({
    pid,
    parent,
    group,
    ...(start === undefined ? {} : { start }),
  })

  it('are children, grandchildren, and the group of each, in whatever order the table is', () => {
    const table = [row(5, 4, 5), row(9, 1, 9), row(3, 1, 2), row(4, 2, 2), row(2, 1, 2), row(1, 0, 1), row(8, 1, 5)]
    expect(descendantsIn(table, 2).sort()).toEqual([3, 4, 5, 8])
    expect(descendantsIn(table, 9)).toEqual([])
  })

  it('of an ended process are what is left of its group', () => {
    expect(descendantsIn([row(3, 1, 2), row(6, 1, 6)], 2)).toEqual([3])
  })

  it('on Windows are not the older processes whose late parent had the same pid', () => {
    const table = [row(2, 1, 0, '200'), row(3, 2, 0, '100'), row(4, 2, 0, '200'), row(5, 4, 0, '300'), row(6, 2)]
    expect(descendantsIn(table, 2).sort()).toEqual([4, 5, 6])
  })

  it('do not go round in circles', () => {
    expect(descendantsIn([row(2, 3), row(3, 2)], 2)).toEqual([3])
  })

  it('of a real process include a child in a session of its own', async () => {
    const family = await startFamily('--child', '--setsid')
    expect((await descendants(family.pid)).sort()).toEqual([family.pids['child'], family.pids['setsid']].sort())
  })
})
