import { expect, it } from 'vitest'
import { eventually } from '../../tools/eventually.ts'
import { installElsewhere } from './second-install.ts'
import { archive, failureOf, leftovers, mirrorFor, recordJob, workplace } from './workplace.ts'

it('downloads once for two processes: one works, the other says that it waits, and shares', async () => {
  const mirror = await mirrorFor({ faults: [{ kind: 'slow', bytesPerSecond: archive.bytes }] })
  const place = workplace()
  const [first, second] = await Promise.all([installElsewhere(place, mirror.url), installElsewhere(place, mirror.url)])
  expect(await Promise.all([first.exited, second.exited])).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }])

  expect(mirror.requests).toHaveLength(1)
  const lines = [first.lines, second.lines]
  expect(lines.map((said) => said.includes(`done ${archive.id}`))).toEqual([true, true])
  expect(lines.filter((said) => said.includes('Waiting for another process…'))).toHaveLength(1)
  expect(lines.filter((said) => said.includes(`Downloading Python ${archive.python}`))).toHaveLength(1)
  expect(leftovers(place)).toMatchObject({ staging: [], locks: [], runtimes: [archive.id] })
})

it('takes over when the process that it waits for is killed, and goes on with its download', async () => {
  const mirror = await mirrorFor({ faults: [{ kind: 'stall', after: 5_000_000 }] })
  const place = workplace({ env: { BEEP_DOWNLOAD_STALL_MS: '60000' } })
  const other = await installElsewhere(place, mirror.url)
  await other.said('phase downloading')
  const job = recordJob()
  const waiting = place.install({ kind: 'download', mirror: mirror.url }, job)
  await eventually('it waits', () => job.told.find(({ title }) => title === 'Waiting for another process…'))
  await other.kill()
  expect(await waiting).toMatchObject({ id: archive.id, state: 'ready' })
  expect(mirror.requests).toHaveLength(2)
  expect(mirror.requests[1]?.range).toMatch(/^bytes=\d+-$/u)
})

it('can be cancelled while it waits for another process', async () => {
  const mirror = await mirrorFor({ always: { kind: 'stall', after: 2_000_000 } })
  const place = workplace({ env: { BEEP_DOWNLOAD_STALL_MS: '60000' } })
  const other = await installElsewhere(place, mirror.url)
  await other.said('phase downloading')
  const job = recordJob(({ title }, self) => title.startsWith('Waiting') && self.cancel())
  expect((await failureOf(place.install({ kind: 'download', mirror: mirror.url }, job))).code).toBe('CANCELLED')
  expect(job.told.at(-1)).toMatchObject({ fraction: null, detail: expect.stringMatching(/process \d+/u) as string })
})

it('shares one download between two requests of one process', async () => {
  const mirror = await mirrorFor()
  const place = workplace()
  const source = { kind: 'download', mirror: mirror.url } as const
  const [one, two] = await Promise.all([place.install(source, recordJob()), place.install(source, recordJob())])
  expect(one).toEqual(two)
  expect(mirror.requests).toHaveLength(1)
})

/** Moments at which a person may change their mind. */
const moments = ['Downloading', 'Unpacking', 'Starting Python', 'Putting Python'] as const

it.each(moments)('cancelled at "%s", nothing stays but what the next try can use', async (moment) => {
  const mirror = await mirrorFor()
  const place = workplace()
  const job = recordJob(
    ({ title, bytesDone = 1e9 }, self) => title.startsWith(moment) && bytesDone > 3_000_000 && self.cancel(),
  )
  expect((await failureOf(place.install({ kind: 'download', mirror: mirror.url }, job))).code).toBe('CANCELLED')
  expect(leftovers(place)).toMatchObject({ staging: [], locks: [], runtimes: [] })
  expect((await place.settings.get()).defaultRuntime).toBeNull()

  expect(await place.install({ kind: 'download', mirror: mirror.url }, recordJob())).toMatchObject({ state: 'ready' })
  const ranges = mirror.requests.map(({ range }) => range !== undefined)
  expect(ranges).toEqual(moment === 'Downloading' ? [false, true] : [false])
})
