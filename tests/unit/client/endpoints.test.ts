import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findEndpoint, parseEndpoint, readEndpoint } from '../../../client/src/find/endpoints.ts'
import { beepHome } from '../../../client/src/home.ts'
import { distrust, readPrivateFile } from '../../../client/src/find/private-file.ts'
import { tempFolder } from './temp-folder.ts'

const endpoint = {
  version: 1,
  name: 'a',
  transport: 'pipe',
  path: '/run/a.sock',
  pid: 7,
  startedAt: '2026-01-01T00:00:00Z',
}

function write(home: string, file: string, content: string, mode = 0o600): string {
  mkdirSync(join(home, 'endpoints'), { recursive: true })
  const path = join(home, 'endpoints', file)
  writeFileSync(path, content, { mode })
  return path
}

describe('beepHome', () => {
  it.each([
    [undefined, {}, '/home/é/.beep-python'],
    [undefined, { BEEP_HOME: '' }, '/home/é/.beep-python'],
    [undefined, { BEEP_HOME: '/data root' }, '/data root'],
    ['/mine', { BEEP_HOME: '/data root' }, '/mine'],
  ])('%j with %o is %s', (home, env, expected) => {
    expect(beepHome(home, env, '/home/é')).toBe(expected)
  })
})

describe('distrust', () => {
  const facts = { isFile: true, size: 100, uid: 1000, mode: 0o100600 }
  it.each([
    [facts, 1000, undefined],
    [{ ...facts, mode: 0o100644 }, 1000, undefined],
    [{ ...facts, uid: 0 }, 1000, /belongs to user 0/],
    [{ ...facts, mode: 0o100620 }, 1000, /other users may write it \(mode 620\)/],
    [{ ...facts, mode: 0o100602 }, 1000, /other users may write/],
    [{ ...facts, isFile: false }, 1000, /no regular file/],
    [{ ...facts, size: 2_000_000 }, 1000, /larger than/],
    // Windows: no owner and no mode to look at
    [{ ...facts, uid: 0, mode: 0o100666 }, undefined, undefined],
  ])('%o for user %s', (given, uid, reason) => {
    if (reason === undefined) expect(distrust(given, uid)).toBeUndefined()
    else expect(distrust(given, uid)).toMatch(reason)
  })
})

describe('readPrivateFile', () => {
  it('reads an object, with a byte order mark or without', async () => {
    const home = tempFolder()
    expect(await readPrivateFile(write(home, 'a.json', '\uFEFF{"a":1}'))).toEqual({ state: 'read', content: { a: 1 } })
    symlinkSync(join(home, 'endpoints', 'a.json'), join(home, 'link'))
    expect(await readPrivateFile(join(home, 'link'))).toMatchObject({ state: 'read' })
    expect(await readPrivateFile(join(home, 'none'))).toEqual({ state: 'missing' })
    expect(await readPrivateFile(join(home, 'endpoints', 'a.json', 'below'))).toEqual({ state: 'missing' })
  })

  it('says why it does not', async () => {
    const home = tempFolder()
    expect(await readPrivateFile(write(home, 'b.json', '{"a":'))).toMatchObject({ reason: 'it holds no JSON object' })
    expect(await readPrivateFile(home)).toMatchObject({ reason: 'it is no regular file' })
    const open = write(home, 'c.json', '{}')
    chmodSync(open, 0o666)
    expect(await readPrivateFile(open)).toMatchObject({ state: 'refused', reason: /mode 666/ })
  })
})

describe('parseEndpoint', () => {
  it('takes what the host writes, and no more', () => {
    expect(parseEndpoint({ ...endpoint, token: null, more: 1 })).toEqual({
      name: 'a',
      transport: 'pipe',
      path: '/run/a.sock',
      pid: 7,
      startedAt: '2026-01-01T00:00:00Z',
    })
    expect(parseEndpoint({ ...endpoint, transport: 'http', url: 'http://x', token: 't' })).toMatchObject({
      url: 'http://x',
      token: 't',
    })
    expect(parseEndpoint({ ...endpoint, transport: 'rpc', address: 'x:1' })).toMatchObject({ address: 'x:1' })
  })

  it.each([
    [{ ...endpoint, version: 2 }, /version is 2/],
    [{ ...endpoint, name: undefined }, /no name/],
    [{ ...endpoint, transport: 'grpc' }, /transport is unknown/],
    [{ ...endpoint, transport: 'http' }, /no url/],
    [{ ...endpoint, path: '' }, /no path/],
  ])('%o: %s', (content, reason) => {
    expect(parseEndpoint(content)).toMatch(reason)
  })
})

describe('readEndpoint', () => {
  it('reads by name', async () => {
    const home = tempFolder()
    write(home, 'é a.json', JSON.stringify({ ...endpoint, name: 'é a' }))
    expect(await readEndpoint(home, 'é a')).toMatchObject({ name: 'é a', path: '/run/a.sock' })
  })

  it('reports a broken file as broken, and a missing one as not running', async () => {
    const home = tempFolder()
    const path = write(home, 'a.json', '{')
    await expect(readEndpoint(home, 'a')).rejects.toMatchObject({ code: 'ENDPOINT_INVALID', details: { path } })
    await expect(readEndpoint(home, 'b')).rejects.toMatchObject({ code: 'ENDPOINT_NOT_FOUND', details: { name: 'b' } })
  })

  it.each(['', '.', '..', 'a/b', '../a', 'a\\b', 'a\0b'])('%j is no name', async (name) => {
    await expect(readEndpoint(tempFolder(), name)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('findEndpoint', () => {
  it('finds the latest that matches, and lists what it could not use', async () => {
    const home = tempFolder()
    write(home, 'a.json', JSON.stringify(endpoint))
    write(home, 'b.json', JSON.stringify({ ...endpoint, name: 'b', startedAt: '2026-03-01T00:00:00Z' }))
    write(home, 'c.json', JSON.stringify({ ...endpoint, name: 'c', path: '/other', startedAt: '2026-04-01T00:00:00Z' }))
    write(home, 'd.json', 'broken')
    write(home, 'e.json.tmp', JSON.stringify(endpoint))
    const found = await findEndpoint(home, ({ path }) => path === '/run/a.sock')
    expect(found.endpoint?.name).toBe('b')
    expect(found.unusable).toEqual([`${join(home, 'endpoints', 'd.json')}: it holds no JSON object`])
  })

  it('finds nothing where nothing is', async () => {
    expect(await findEndpoint(join(tempFolder(), 'none'), () => true)).toEqual({ endpoint: undefined, unusable: [] })
  })
})
