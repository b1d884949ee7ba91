import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { installElsewhere } from './second-install.ts'
import { archive, cachedName, leftovers, mirrorFor, workplace } from './workplace.ts'

/** Where a process may be killed, and how many requests for the archive the two runs need together. */
const moments = [
  ['locked', 1],
  ['download', 1],
  ['downloading', 2],
  ['verified', 1],
  ['extract', 1],
  ['unpacking', 1],
  ['extracted', 1],
  ['finished', 1],
  ['staged', 1],
  ['replaced', 1],
  ['committed', 1],
] as const

it.each(moments)(
  'killed at "%s", an install leaves nothing listed, and simply works when repeated',
  async (moment, requests) => {
    // The line stops in the middle, so that the process can be killed while it downloads.
    const mirror = await mirrorFor(moment === 'downloading' ? { faults: [{ kind: 'stall', after: 4_000_000 }] } : {})
    const place = workplace()
    const first = await installElsewhere(place, mirror.url, moment)
    await first.said(`phase ${moment}`)
    await first.kill()

    const isThere = moment === 'committed'
    const managed = (await place.runtimes.list()).filter((runtime) => runtime.source === 'managed')
    expect(managed.map(({ id, state }) => ({ id, state }))).toEqual(isThere ? [{ id: archive.id, state: 'ready' }] : [])

    const runtime = await place.install({ kind: 'download', mirror: mirror.url })
    expect(runtime).toMatchObject({ id: archive.id, state: 'ready', isDefault: true })
    expect(
      execFileSync(runtime.executable, ['-I', '-B', '-c', 'import ssl, sys; print(sys.version.split()[0])'], {
        encoding: 'utf8',
      }).trim(),
    ).toBe(archive.python)
    expect(mirror.requests).toHaveLength(requests)
    if (moment === 'downloading') expect(mirror.requests[1]?.range).toMatch(/^bytes=[1-9]\d+-$/u)
    expect(leftovers(place)).toMatchObject({ staging: [], runtimes: [archive.id], cache: [cachedName] })
    // What is installed already is answered without a lock; the dead one's is taken over when somebody needs it.
    expect(leftovers(place).locks).toEqual(isThere ? [`runtime-${archive.id}`] : [])
  },
)
