import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { layoutOf } from '../../../../core/platform/index.ts'
import {
  acquireLock,
  lockDraftPrefix,
  newOwner,
  ownerTag,
  stagingPath,
  sweepStaging,
} from '../../../../core/storage/index.ts'
import { eventually } from '../../../tools/eventually.ts'
import { secondProgram } from '../../../tools/second-program.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

function freshLayout() {
  const layout = layoutOf(tempFolder())
  for (const folder of [layout.staging, layout.cache, layout.locks, layout.servers, layout.endpoints, layout.run])
    mkdirSync(folder)
  return layout
}

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000)

describe('sweeping', () => {
  it('does nothing where there is nothing yet', async () => {
    expect(await sweepStaging(layoutOf(path.join(tempFolder(), 'not yet')))).toEqual([])
  })

  it('leaves the work of the living, and deletes the work of the dead', async () => {
    const layout = freshLayout()
    const mine = await stagingPath(layout, 'environment é x')
    mkdirSync(mine)
    const other = await secondProgram('stage', layout.home)
    const theirs = await eventually('it has begun', () => other.lines[0])
    expect(await sweepStaging(layout)).toEqual([])
    await other.kill()
    expect(await sweepStaging(layout)).toEqual([path.basename(theirs)])
    expect(readdirSync(layout.staging)).toEqual([path.basename(mine)])
  })

  it('deletes what bears nobody’s name, and what bears the pid of a stranger', async () => {
    const layout = freshLayout()
    const stranger = `runtime~${ownerTag({ ...(await newOwner()), start: '1' })}`
    mkdirSync(path.join(layout.staging, stranger, 'deep'), { recursive: true })
    writeFileSync(path.join(layout.staging, 'nameless'), '')
    expect([...(await sweepStaging(layout))].sort()).toEqual(['nameless', stranger].sort())
    expect(readdirSync(layout.staging)).toEqual([])
  })

  it('leaves the work of another machine alone, until it is old', async () => {
    const layout = freshLayout()
    const name = `runtime~${ownerTag({ ...(await newOwner()), pid: 2 ** 22 + 1, host: '00000000' })}`
    mkdirSync(path.join(layout.staging, name))
    expect(await sweepStaging(layout)).toEqual([])
    utimesSync(path.join(layout.staging, name), daysAgo(8), daysAgo(8))
    expect(await sweepStaging(layout)).toEqual([name])
  })

  it('keeps partial downloads for two weeks', async () => {
    const layout = freshLayout()
    for (const name of ['new.part', 'new.part.json', 'old.part', 'old.part.json', 'old.tar.gz']) {
      const file = path.join(layout.cache, name)
      writeFileSync(file, '')
      if (name.startsWith('old')) utimesSync(file, daysAgo(15), daysAgo(15))
    }
    await sweepStaging(layout)
    expect(readdirSync(layout.cache).sort()).toEqual(['new.part', 'new.part.json', 'old.tar.gz'])
  })

  it('deletes what killed writers have left beside their files, after an hour', async () => {
    const layout = freshLayout()
    const file = path.join(layout.servers, 'é x.json')
    const other = await secondProgram('write', file)
    await other.said('writing')
    await other.kill()
    const [dead, living] = [other.pid, process.pid].map((pid) => `.settings.json.${pid}.00000000.tmp`)
    const filesIn = (folder: string) => {
      const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
      return entries.map((entry) => entry.name).sort()
    }
    for (const name of [dead, living, 'settings.json']) writeFileSync(path.join(layout.home, name ?? ''), '')
    await sweepStaging(layout)
    expect(filesIn(layout.home)).toEqual([dead, living, 'settings.json'].sort())

    const record = `.server-é x.json.${other.pid}.00000000.tmp`
    writeFileSync(path.join(layout.run, record), '')
    for (const folder of [layout.home, layout.servers, layout.run]) {
      for (const name of filesIn(folder)) utimesSync(path.join(folder, name), daysAgo(0.1), daysAgo(0.1))
    }
    await sweepStaging(layout)
    expect(filesIn(layout.home)).toEqual([living, 'settings.json'])
    expect(filesIn(layout.servers)).toEqual(['é x.json'])
    expect(filesIn(layout.run)).toEqual([])
  })

  it('deletes half-made locks of the dead, and no lock', async () => {
    const layout = freshLayout()
    const draft = `${lockDraftPrefix}${ownerTag({ ...(await newOwner()), start: '1' })}`
    mkdirSync(path.join(layout.locks, draft))
    const release = await acquireLock(path.join(layout.locks, 'instance'))
    await sweepStaging(layout)
    expect(readdirSync(layout.locks)).toEqual(['instance'])
    await release()
  })
})
