import { execFileSync } from 'node:child_process'
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { freeBytes } from '../../../core/storage/index.ts'
import type { RuntimesSeams } from '../../../core/runtimes/create.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { archive, failureOf, leftovers, mirrorFor, recordJob, workplace } from './workplace.ts'

/** A small disk of the test's own; undefined where mounting is not allowed. */
function smallDisk(megabytes: number): string | undefined {
  const folder = path.join(tempFolder(), 'petit disque')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  onTestFinished(() => void execFileSync('umount', [folder], { stdio: 'ignore' }))
  return folder
}

/** Writes until nothing fits any more, but for so many bytes. */
function fill(folder: string, leaveBytes: number, free: number): void {
  const file = openSync(path.join(folder, 'filler'), 'w')
  const piece = Buffer.alloc(256 * 1024)
  try {
    for (let left = free - leaveBytes; left > 0; left -= piece.length)
      writeSync(file, piece, 0, Math.min(left, piece.length))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const canMount = smallDiskIsPossible()

function smallDiskIsPossible(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

it('says how much is needed before it writes anything, when the disk is too small', async () => {
  const mirror = await mirrorFor()
  const place = workplace({ seams: { freeBytes: () => Promise.resolve(300_000_000) } })
  const failure = await failureOf(place.install({ kind: 'download', mirror: mirror.url }))
  expect(failure).toMatchObject({
    code: 'DISK_FULL',
    details: { freeBytes: 300_000_000, neededBytes: 7 * archive.bytes + 256 * 1024 * 1024 },
  })
  expect(leftovers(place)).toMatchObject({ staging: [], locks: [], runtimes: [], cache: [] })
})

it.runIf(canMount)('finds a small disk too small', async () => {
  const disk = smallDisk(24)!
  const mirror = await mirrorFor()
  const place = workplace({ home: disk })
  const failure = await failureOf(place.install({ kind: 'download', mirror: mirror.url }))
  expect(failure).toMatchObject({ code: 'DISK_FULL', hint: expect.stringContaining('BEEP_HOME') as string })
  expect(failure.details?.['freeBytes']).toBeLessThanOrEqual(24 * 1024 * 1024)
  expect(failure.details?.['neededBytes']).toBeGreaterThan(24 * 1024 * 1024)
})

/** A free figure that promises more than there is: what another program may do to it in the meantime. */
const optimistic = (): RuntimesSeams => {
  let isFirst = true
  return {
    async freeBytes(folder) {
      const real = await freeBytes(folder)
      if (!isFirst) return real
      return real > 0 ? 10 ** 12 : real
    },
    onPhase() {
      isFirst = true
    },
  }
}

it.runIf(canMount)('fails cleanly when the disk fills up while unpacking, and works once there is room', async () => {
  const disk = smallDisk(100)!
  const mirror = await mirrorFor()
  const place = workplace({
    home: disk,
    seams: {
      ...optimistic(),
      async onPhase(phase) {
        if (phase === 'extract') fill(disk, 12_000_000, await freeBytes(disk))
      },
    },
  })
  const failure = await failureOf(place.install({ kind: 'download', mirror: mirror.url }))
  expect(failure.code).toBe('DISK_FULL')
  expect(failure.details?.['neededBytes']).toBeGreaterThan(30_000_000)
  expect(leftovers(place)).toMatchObject({ staging: [], locks: [], runtimes: [] })

  rmSync(path.join(disk, 'filler'))
  const roomy = workplace({ home: disk, seams: optimistic() })
  expect(await roomy.install({ kind: 'download', mirror: mirror.url }, recordJob())).toMatchObject({ state: 'ready' })
  expect(mirror.requests).toHaveLength(1)
})

it.runIf(canMount)(
  'fails cleanly when the disk fills up while downloading, and goes on once there is room',
  async () => {
    const disk = smallDisk(100)!
    const mirror = await mirrorFor()
    const place = workplace({
      home: disk,
      seams: {
        ...optimistic(),
        async onPhase(phase) {
          if (phase === 'download') fill(disk, 5_000_000, await freeBytes(disk))
        },
      },
    })
    const failure = await failureOf(place.install({ kind: 'download', mirror: mirror.url }))
    expect(failure.code).toBe('DISK_FULL')
    expect(leftovers(place)).toMatchObject({ staging: [], locks: [], runtimes: [] })

    rmSync(path.join(disk, 'filler'))
    const roomy = workplace({ home: disk, seams: optimistic() })
    expect(await roomy.install({ kind: 'download', mirror: mirror.url }, recordJob())).toMatchObject({ state: 'ready' })
    expect(mirror.requests[1]?.range).toMatch(/^bytes=[1-9]\d+-$/u)
  },
)
