import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { ServerSpec } from '../../../../contract/index.ts'
import { layoutOf } from '../../../../core/platform/index.ts'
import { createSpecStore } from '../../../../core/servers/spec-store.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

async function temporaryStore() {
  const home = tempFolder()
  const layout = layoutOf(home)
  await mkdir(layout.servers)
  return { layout, store: createSpecStore(layout) }
}

function spec(name: string): ServerSpec {
  return {
    name,
    transport: 'pipe',
    environment: 'default',
    port: null,
    auth: 'token',
    workers: 1,
    infrastructure: 'none',
    restart: 'on-failure',
  }
}

test('what was saved is listed, found in any spelling, and gone after its removal', async () => {
  const { layout, store } = await temporaryStore()
  await store.save(spec('Café au lait'))
  await store.save(spec('b'))
  expect((await store.list()).map(({ name }) => name)).toEqual(['b', 'Café au lait'])
  expect(await store.find('CAFÉ AU LAIT')).toEqual(spec('Café au lait'))
  const text = await readFile(path.join(layout.servers, 'Café au lait.json'), 'utf8')
  expect(JSON.parse(text)).toEqual({ version: 1, spec: spec('Café au lait') })
  await store.remove('Café au lait')
  expect(await store.find('Café au lait')).toBeUndefined()
})

test('no folder is no servers', async () => {
  const { layout, store } = await temporaryStore()
  await rm(layout.servers, { recursive: true })
  expect(await store.list()).toEqual([])
  expect(await store.find('x')).toBeUndefined()
})

test('a text that is no name never becomes a path', async () => {
  const { layout, store } = await temporaryStore()
  await writeFile(path.join(layout.home, 'settings.json'), JSON.stringify({ version: 1, spec: spec('x') }))
  expect(await store.find('../settings')).toBeUndefined()
})

test('a file that cannot be understood is reported, hides nobody, and is set aside before it is replaced', async () => {
  const { layout, store } = await temporaryStore()
  await store.save(spec('good'))
  await writeFile(path.join(layout.servers, 'bad.json'), '{"version": 1, "spec": {')
  await writeFile(path.join(layout.servers, 'future.json'), '{"version": 2}')
  await writeFile(path.join(layout.servers, 'copy.json'), JSON.stringify({ version: 1, spec: spec('good') }))
  expect((await store.list()).map(({ name }) => name)).toEqual(['good'])
  expect([...store.problems().keys()]).toEqual(['bad', 'copy', 'future'])
  expect(store.problems().get('copy')?.message).toMatch(/copy\.json describes the server good/)

  await store.save(spec('bad'))
  expect(await store.find('bad')).toEqual(spec('bad'))
  const aside = (await readdir(layout.servers)).find((name) => name.startsWith('bad.json.unreadable-'))
  expect(await readFile(path.join(layout.servers, aside ?? ''), 'utf8')).toBe('{"version": 1, "spec": {')
})
