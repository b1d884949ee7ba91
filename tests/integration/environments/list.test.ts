import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { sitePackages } from '../../../core/environments/site-packages.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { until } from './until.ts'
import { openWorkbench, recordJob } from './workbench.ts'

it('lists two hundred environments in a fraction of a second', async () => {
  const bench = openWorkbench(tempFolder())
  const { root } = await bench.environments.create({ name: 'e000', packages: [] }, recordJob())
  const manifest = readFileSync(path.join(root, '.beep-environment.json'), 'utf8')
  for (let number = 1; number < 200; number += 1) {
    const name = `e${String(number).padStart(3, '0')}`
    const copy = path.join(bench.layout.environments, name)
    cpSync(root, copy, { recursive: true, verbatimSymlinks: true })
    const own = { ...(JSON.parse(manifest) as object), name, root: copy }
    writeFileSync(path.join(copy, '.beep-environment.json'), JSON.stringify(own))
  }
  const started = performance.now()
  const listed = await bench.environments.list()
  const ms = performance.now() - started
  expect(listed).toHaveLength(200)
  expect(listed.filter((one) => one.state !== 'ready')).toEqual([])
  expect(listed.map((one) => one.name)).toEqual(listed.map((one) => one.name).toSorted())
  expect(ms).toBeLessThan(1000)
})

it('notices that somebody else has installed, without making anybody wait for the new size', async () => {
  const bench = openWorkbench(tempFolder())
  const made = await bench.environments.create({ name: 'a', packages: [] }, recordJob())
  const site = (await sitePackages(made.root, process.platform))!
  mkdirSync(path.join(site, 'big'))
  writeFileSync(path.join(site, 'big', 'data.bin'), Buffer.alloc(1_000_000))
  expect((await bench.environments.get('a')).sizeBytes).toBe(made.sizeBytes)
  await until('the new size is known', async () => {
    const { sizeBytes } = await bench.environments.get('a')
    return sizeBytes >= made.sizeBytes + 1_000_000
  })
})

it('has nothing to say of a data root without environments', async () => {
  const { environments } = openWorkbench(tempFolder())
  expect(await environments.list()).toEqual([])
  expect(await environments.leftovers()).toEqual([])
  expect(await environments.sweep()).toEqual([])
})
