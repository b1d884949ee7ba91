import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { downloadTo, isWhole } from './downloader.ts'
import { archive, failureOf, mirrorFor } from './workplace.ts'

describe('a connection that is cut', () => {
  it('goes on where it stopped, at whatever byte that was', async () => {
    const cuts = [
      1,
      2,
      randomInt(3, 65_536),
      randomInt(65_536, archive.bytes >> 1),
      randomInt(1000, archive.bytes >> 2),
    ]
    const mirror = await mirrorFor({ faults: cuts.map((after) => ({ kind: 'cut', after })) })
    const { run, target } = downloadTo(tempFolder(), mirror.url)
    await run()
    expect(isWhole(target), `cut after ${cuts.join(', ')}`).toBe(true)
    // One byte is too little to tell an archive by, so nothing was kept of the first answer.
    const offsets = mirror.requests.map(({ range }) => Number(/^bytes=(\d+)-$/u.exec(range ?? '')?.[1] ?? 0))
    let at = 0
    const expected = cuts.map((cut, index) => (at += index === 0 ? 0 : cut))
    expect(offsets, `cut after ${cuts.join(', ')}`).toEqual([0, ...expected])
    expect(mirror.bytesSent()).toBe(archive.bytes + 1)
    expect(existsSync(`${target}.part`) || existsSync(`${target}.part.json`)).toBe(false)
  })

  it('goes on in the next run, naming the version it has a part of', async () => {
    const cut = randomInt(2, archive.bytes)
    const mirror = await mirrorFor({ faults: [{ kind: 'cut', after: cut }] })
    const folder = tempFolder()
    const first = downloadTo(folder, mirror.url)
    const failed = failureOf(first.run(({ note }) => note && first.cancel()))
    expect((await failed).code).toBe('CANCELLED')
    expect(first.partBytes()).toBe(cut)

    const second = downloadTo(folder, mirror.url)
    await second.run()
    expect(isWhole(second.target)).toBe(true)
    expect(mirror.requests[1]).toMatchObject({
      range: `bytes=${cut}-`,
      ifRange: `"${archive.bytes.toString(16)}"`,
      status: 206,
    })
    expect(mirror.bytesSent()).toBe(archive.bytes)
    expect(second.told[0]).toMatchObject({
      bytesDone: cut,
      bytesTotal: archive.bytes,
      note: expect.stringMatching(/^continuing at \d+ %$/u) as string,
    })
  })

  it('goes on at another mirror that has the same', async () => {
    const first = await mirrorFor({
      faults: [
        { kind: 'cut', after: 500_000 },
        ...Array.from({ length: 5 }, () => ({ kind: 'cut', after: 0 }) as const),
      ],
    })
    const second = await mirrorFor()
    const { run, target } = downloadTo(tempFolder(), first.url, second.url)
    expect(await run()).toContain(second.url)
    expect(isWhole(target)).toBe(true)
    expect(second.requests).toMatchObject([{ range: 'bytes=500000-', ifRange: undefined, status: 206 }])
  })

  it('begins anew where the mirror has another file, or knows no ranges', async () => {
    for (const change of [{ etag: '"another"' }, { ranges: false }, { etag: null, ranges: false }] as const) {
      const folder = tempFolder()
      const mirror = await mirrorFor({ faults: [{ kind: 'cut', after: 700_000 }] })
      const first = downloadTo(folder, mirror.url)
      await failureOf(first.run(({ note }) => note && first.cancel()))
      mirror.behave(change)
      const second = downloadTo(folder, mirror.url)
      await second.run()
      expect(isWhole(second.target)).toBe(true)
      expect(mirror.requests.at(-1)).toMatchObject({ range: 'bytes=700000-', status: 200 })
    }
  })

  it('gives up after five more tries without progress, and keeps what it has', async () => {
    const mirror = await mirrorFor({ faults: [{ kind: 'cut', after: 300_000 }] })
    const folder = tempFolder()
    const first = downloadTo(folder, mirror.url)
    mirror.behave({
      faults: [
        { kind: 'cut', after: 300_000 },
        ...Array.from({ length: 9 }, () => ({ kind: 'cut', after: 0 }) as const),
      ],
    })
    const failure = await failureOf(first.run())
    expect(failure).toMatchObject({ code: 'NETWORK', hint: expect.stringContaining('--from FILE') as string })
    expect(mirror.requests).toHaveLength(6)
    expect(first.partBytes()).toBe(300_000)
  })
})

describe('wrong bytes', () => {
  it('asks once more past all caches, and takes the right file then', async () => {
    const mirror = await mirrorFor({ faults: [{ kind: 'wrong-byte', offset: randomInt(2, archive.bytes) }] })
    const { run, target } = downloadTo(tempFolder(), mirror.url)
    await run()
    expect(isWhole(target)).toBe(true)
    expect(mirror.requests.map(({ cacheControl, range }) => [cacheControl, range])).toEqual([
      [undefined, undefined],
      ['no-cache', undefined],
    ])
  })

  it('goes to the next mirror, and fails with both hashes when all are wrong', async () => {
    const wrong = { always: { kind: 'wrong-byte', offset: randomInt(2, archive.bytes) } } as const
    const [first, second] = [await mirrorFor(wrong), await mirrorFor(wrong)]
    const { run, target, partBytes } = downloadTo(tempFolder(), first.url, second.url)
    const failure = await failureOf(run())
    expect(failure).toMatchObject({
      code: 'HASH_MISMATCH',
      message: expect.stringContaining('Nothing was installed') as string,
      details: { expectedSha256: archive.sha256, actualSha256: expect.stringMatching(/^[\da-f]{64}$/u) as string },
    })
    expect([first.requests.length, second.requests.length]).toEqual([2, 2])
    expect(existsSync(target)).toBe(false)
    expect(partBytes()).toBeUndefined()
  })

  it('finds a part that was changed on the disk', async () => {
    const mirror = await mirrorFor({ faults: [{ kind: 'cut', after: 900_000 }] })
    const folder = tempFolder()
    const first = downloadTo(folder, mirror.url)
    await failureOf(first.run(({ note }) => note && first.cancel()))
    const part = readFileSync(`${first.target}.part`)
    part[1000]! ^= 1
    writeFileSync(`${first.target}.part`, part)
    await downloadTo(folder, mirror.url).run()
    expect(isWhole(first.target)).toBe(true)
    expect(mirror.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=900000-', undefined])
  })
})
