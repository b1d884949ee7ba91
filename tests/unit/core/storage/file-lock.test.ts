import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { acquireLock, newOwner, ownerInName, ownerTag, withLock } from '../../../../core/storage/index.ts'
import { silenceWatch } from '../../../../core/storage/heartbeat.ts'
import type { LockOwner } from '../../../../core/storage/index.ts'
import { eventually } from '../../../tools/eventually.ts'
import { secondProgram } from '../../../tools/second-program.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const lockIn = (folder: string) => path.join(folder, 'lócks', 'a thing')
const once = { timeoutMs: 0 }

/** Puts a lock in place as some owner would have left it. */
function leaveLock(lock: string, owner: LockOwner): void {
  mkdirSync(lock, { recursive: true })
  writeFileSync(path.join(lock, ownerTag(owner)), '')
}

describe('a lock', () => {
  it('is held by one at a time, and free afterwards, without a trace', async () => {
    const lock = lockIn(tempFolder())
    const release = await acquireLock(lock)
    await expect(acquireLock(lock, once)).rejects.toMatchObject({
      code: 'LOCKED',
      message: `a thing is being worked on by process ${process.pid}`,
      hint: expect.any(String),
      details: { lock, pid: process.pid },
    })
    await release()
    await release()
    expect(readdirSync(path.dirname(lock))).toEqual([])
    await (
      await acquireLock(lock, once)
    )()
  })

  it('is given back when the work fails', async () => {
    const lock = lockIn(tempFolder())
    await expect(withLock(lock, () => Promise.reject(new Error('work failed')))).rejects.toThrow('work failed')
    expect(await withLock(lock, () => Promise.resolve('done'), once)).toBe('done')
  })

  it.runIf(process.platform !== 'win32')('is for its owner only', async () => {
    const lock = lockIn(tempFolder())
    const release = await acquireLock(lock)
    expect(statSync(lock).mode & 0o077).toBe(0)
    expect(statSync(path.dirname(lock)).mode & 0o077).toBe(0)
    await release()
  })

  it('cannot be where a file is', async () => {
    const folder = tempFolder()
    writeFileSync(path.join(folder, 'file'), '')
    await expect(acquireLock(path.join(folder, 'file', 'lock'), once)).rejects.toMatchObject({ code: 'PATH_UNUSABLE' })
  })

  it('released late does not take the lock from the next owner', async () => {
    const lock = lockIn(tempFolder())
    const first = await acquireLock(lock)
    await first()
    const second = await acquireLock(lock)
    await first()
    await expect(acquireLock(lock, once)).rejects.toMatchObject({ code: 'LOCKED' })
    await second()
  })
})

describe('waiting for a lock', () => {
  it('ends when the other process is done, and tells once whom it waited for', async () => {
    const lock = lockIn(tempFolder())
    const other = await secondProgram('hold', lock)
    await other.said('held')
    const waitedFor: (number | undefined)[] = []
    const taking = acquireLock(lock, { onWait: (owner) => waitedFor.push(owner?.pid) })
    await eventually('we wait', () => waitedFor.length > 0)
    other.closeStdin()
    await (
      await taking
    )()
    expect(waitedFor).toEqual([other.pid])
    await other.said('released')
  })

  it('ends at once when the other process is killed', async () => {
    const lock = lockIn(tempFolder())
    const other = await secondProgram('hold', lock)
    await other.said('held')
    await expect(acquireLock(lock, once)).rejects.toMatchObject({ code: 'LOCKED', details: { pid: other.pid } })
    await other.kill()
    await (
      await acquireLock(lock, once)
    )()
  })

  it('ends by its deadline', async () => {
    const lock = lockIn(tempFolder())
    const other = await secondProgram('hold', lock)
    await other.said('held')
    const started = performance.now()
    await expect(acquireLock(lock, { timeoutMs: 250 })).rejects.toMatchObject({ code: 'LOCKED' })
    expect(performance.now() - started).toBeGreaterThanOrEqual(250)
  })

  it('ends by a cancel, before and during', async () => {
    const lock = lockIn(tempFolder())
    const release = await acquireLock(lock)
    const cancelled = { code: 'CANCELLED', message: 'Cancelled while waiting for a thing' }
    await expect(acquireLock(lock, { signal: AbortSignal.abort() })).rejects.toMatchObject(cancelled)
    const abort = new AbortController()
    await expect(
      acquireLock(lock, { signal: abort.signal, onWait: () => setImmediate(() => abort.abort()) }),
    ).rejects.toMatchObject(cancelled)
    await release()
    expect(readdirSync(path.dirname(lock))).toEqual([])
  })
})

describe('the lock of a dead owner', () => {
  it('is taken, though its pid is in use again', async () => {
    const lock = lockIn(tempFolder())
    leaveLock(lock, { ...(await newOwner()), start: '1' })
    await (
      await acquireLock(lock, once)
    )()
  })

  it('is respected as long as its process lives, whatever else is unknown', async () => {
    const lock = lockIn(tempFolder())
    leaveLock(lock, { ...(await newOwner()), start: null })
    await expect(acquireLock(lock, once)).rejects.toMatchObject({ code: 'LOCKED', details: { pid: process.pid } })
  })

  it('is respected where it lives on another machine, for all that we know', async () => {
    const lock = lockIn(tempFolder())
    leaveLock(lock, { ...(await newOwner()), pid: 2 ** 22 + 1, host: '00000000' })
    await expect(acquireLock(lock, once)).rejects.toMatchObject({ code: 'LOCKED' })
  })

  it('is free where only its folder was left', async () => {
    const lock = lockIn(tempFolder())
    mkdirSync(lock, { recursive: true })
    await (
      await acquireLock(lock, once)
    )()
  })

  it('is not free where something else lies in its folder, which nobody touches', async () => {
    const lock = lockIn(tempFolder())
    mkdirSync(lock, { recursive: true })
    writeFileSync(path.join(lock, 'photo.jpg'), 'precious')
    await expect(acquireLock(lock, once)).rejects.toMatchObject({
      code: 'LOCKED',
      message: 'a thing is being worked on by another process',
    })
    expect(readFileSync(path.join(lock, 'photo.jpg'), 'utf8')).toBe('precious')
  })

  it('goes to one of those who find it, though many do at the same moment', async () => {
    const lock = lockIn(tempFolder())
    const dead: LockOwner = { ...(await newOwner()), start: '1' }
    for (let round = 0; round < 10; round += 1) {
      leaveLock(lock, { ...dead, id: round.toString(16).padStart(16, '0') })
      let inside = 0
      let most = 0
      await Promise.all(
        Array.from({ length: 8 }, () =>
          withLock(lock, async () => {
            inside += 1
            most = Math.max(most, inside)
            await new Promise((resolve) => setImmediate(resolve))
            inside -= 1
          }),
        ),
      )
      expect(most).toBe(1)
    }
  }, 60_000)
})

describe('the silence of an owner on another machine', () => {
  it('counts from our first look, by our own clock, whatever its clock says', () => {
    const isSilent = silenceWatch()
    // Years behind, and yet alive for all that we know.
    expect(isSilent('a', 1000, 500_000)).toBe(false)
    expect(isSilent('a', 1000, 530_000)).toBe(false)
    expect(isSilent('a', 1000, 530_001)).toBe(true)
  })

  it('ends with every beat, and with another owner', () => {
    const isSilent = silenceWatch()
    isSilent('a', 1, 0)
    expect(isSilent('a', 2, 40_000)).toBe(false)
    expect(isSilent('b', 2, 80_000)).toBe(false)
    expect(isSilent('b', undefined, 200_000)).toBe(false)
    expect(isSilent('b', 2, 110_001)).toBe(true)
  })
})

describe('several processes', () => {
  it('lose no count, though they all find a dead owner at the same moment, again and again', async () => {
    const folder = tempFolder()
    const [lock, file] = [lockIn(folder), path.join(folder, 'count')]
    writeFileSync(file, '0')
    const dead: LockOwner = { ...(await newOwner()), start: '1' }
    const counters = await Promise.all([1, 2, 3].map(() => secondProgram('count', lock, file)))
    for (const counter of counters) await counter.said('ready')
    for (let round = 0; round < 10; round += 1) {
      leaveLock(lock, { ...dead, id: round.toString(16).padStart(16, '0') })
      for (const counter of counters) counter.writeLine(`done ${round}`)
      for (const counter of counters) await counter.said(`done ${round}`)
    }
    expect(readFileSync(file, 'utf8')).toBe('90')
    expect(readdirSync(path.dirname(lock))).toEqual([])
  })
})

describe('an owner in a name', () => {
  it('is read as it was written', async () => {
    const owner = await newOwner()
    expect(ownerInName(ownerTag(owner))).toEqual(owner)
    expect(ownerInName(`runtime ~é~${ownerTag({ ...owner, start: null })}`)).toEqual({ ...owner, start: null })
    expect(ownerTag(owner)).toMatch(/^[\w.~]+$/u)
  })

  it.each(['', 'owner.json', '12~34', '~~~', '12~34~00000000~short', 'x12~34~00000000~0000000000000000'])(
    'is none in %j',
    (name) => {
      expect(ownerInName(name)).toBeUndefined()
    },
  )
})
