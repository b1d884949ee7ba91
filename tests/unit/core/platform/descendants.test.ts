import { describe, expect, it } from 'vitest'
import {
  descendants,
  descendantsIn,
  parseAuxv,
  parseCpuTime,
  parseLinuxStat,
  parsePs,
  parseWindowsProcesses,
  processTable,
} from '../../../../core/platform/index.ts'
import { startFamily } from '../../../tools/family.ts'

describe('the process table', () => {
  it('is read from ps', () => {
    const text = [
      '    1     0     1 Ss     1:02.50  20480 Mon Nov  3 10:00:00 2025    ',
      '  501     1   501 S+  123:00.00      8 Mon Nov  3 10:00:01 2025    ',
      '  502   501   501 Z     0:00.00      0 Mon Nov  3 10:00:02 2025    ',
      'no row',
      '',
    ].join('\n')
    expect(parsePs(text)).toEqual([
      {
        pid: 1,
        parent: 0,
        group: 1,
        start: 'Mon Nov  3 10:00:00 2025',
        cpuSeconds: 62.5,
        memoryBytes: 20 * 1024 * 1024,
      },
      {
        pid: 501,
        parent: 1,
        group: 501,
        start: 'Mon Nov  3 10:00:01 2025',
        cpuSeconds: 7380,
        memoryBytes: 8192,
      },
    ])
    expect(parsePs('  7 1 7\n')).toEqual([{ pid: 7, parent: 1, group: 7 }])
  })

  it('is read from PowerShell, be it one row or many', () => {
    const times = '"KernelModeTime":15625000,"UserModeTime":5000000,"WorkingSetSize":41943040'
    const one = `{"ProcessId":8,"ParentProcessId":4,${times},"Start":"133500000000000000"}`
    const row = {
      pid: 8,
      parent: 4,
      group: 0,
      start: '133500000000000000',
      cpuSeconds: 2.0625,
      memoryBytes: 41_943_040,
    }
    expect(parseWindowsProcesses(one)).toEqual([row])
    expect(
      parseWindowsProcesses(`[{"ProcessId":0,"ParentProcessId":0,"Start":null,"KernelModeTime":null},${one}]`),
    ).toEqual([{ pid: 0, parent: 0, group: 0 }, row])
    expect(() => parseWindowsProcesses('[{"Name":"x"}]')).toThrow()
  })

  it('is read from /proc, zombies left out', () => {
    const units = { ticksPerSecond: 100, pageBytes: 16_384 }
    const rest = '1 7 7 0 -1 4194560 1 0 0 0 250 50 0 0 20 0 1 0 9876 11000000 64 18446744073709551615'
    expect(parseLinuxStat(7, `7 (a) b) S ${rest}`, units)).toEqual({
      pid: 7,
      parent: 1,
      group: 7,
      start: '9876',
      cpuSeconds: 3,
      memoryBytes: 1024 * 1024,
    })
    expect(parseLinuxStat(7, `7 (x) Z ${rest}`, units)).toBeUndefined()
  })

  it.each([
    ['0:00.03', 0.03],
    ['1:02,50', 62.5],
    ['00:01:02', 62],
    ['2-03:00:01', 183_601],
    ['odd', 0],
  ])('reads a processor time of %s', (text, seconds) => {
    expect(parseCpuTime(text)).toBe(seconds)
  })

  it('knows the units of the kernel from what that handed over', () => {
    const words = [33n, 0x7fff00000000n, 6n, 65_536n, 17n, 250n, 0n, 0n]
    const wide = Buffer.alloc(64)
    words.forEach((word, at) => wide.writeBigUInt64LE(word, at * 8))
    expect(parseAuxv(wide, 8)).toEqual({ pageBytes: 65_536, ticksPerSecond: 250 })
    const narrow = Buffer.alloc(16)
    ;[6, 8192, 0, 0].forEach((word, at) => narrow.writeUInt32LE(word, at * 4))
    expect(parseAuxv(narrow, 4)).toEqual({ pageBytes: 8192, ticksPerSecond: 100 })
    expect(parseAuxv(Buffer.alloc(3), 8)).toEqual({ pageBytes: 4096, ticksPerSecond: 100 })
  })

  it('holds this process', async () => {
    const me = (await processTable()).find((row) => row.pid === process.pid)
    expect(me).toMatchObject({ parent: process.ppid, start: expect.stringMatching(/\S/u) })
    // What the process says of itself: cpuUsage is of the threads that still are, and memory moves.
    expect(me?.cpuSeconds).toBeGreaterThan(0)
    const { rss } = process.memoryUsage()
    expect(Math.abs((me?.memoryBytes ?? 0) - rss)).toBeLessThan(rss / 2)
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
