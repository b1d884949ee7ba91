// What a client asks of the host through a server: environments, Pythons, servers and jobs, over each transport, with progress.
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect, isBackendError } from '../../../client/src/index.ts'
import type { Progress } from '../../../client/src/index.ts'
import { withEnvironmentLock } from '../../../core/environments/lock.ts'
import { eventually } from '../../tools/eventually.ts'
import { connected, doors, startPool } from '../client/real-servers.ts'
import { realHost, scopedWay } from './host.ts'

describe.each(doors)('the members of a backend over %s', (_, start) => {
  test('make, tell, follow, cancel and remove', async () => {
    const { instance, home, core, run } = await realHost()
    const backend = await connected(await start({ scope: 'full', address: instance.address, token: instance.token }))
    const { environments, runtimes, servers, jobs } = backend
    const folder = path.join(home, 'environments', 'my-provider')

    const steps: Progress[] = []
    const making = environments.ensure('my-provider', { onProgress: (step) => steps.push(step) })
    const seen: Progress[] = []
    for await (const step of making) seen.push(step)
    expect(await making).toMatchObject({ name: 'my-provider', path: folder, state: 'ready', usedBy: [] })
    expect(seen).toEqual(steps)
    expect(seen.at(-1)).toMatchObject({ fraction: 1 })
    expect(seen.length).toBeGreaterThan(1)
    expect(await environments.list()).toMatchObject([{ name: 'my-provider', path: folder }])
    for (const which of ['my-provider', folder, { provider: 'my-provider' }]) {
      expect(await environments.get(which)).toMatchObject({ path: folder, packages: [] })
    }
    await expect(environments.get('other')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(environments.create('my-provider')).rejects.toMatchObject({
      code: 'HOST_FAILED',
      details: { hostCode: 'NAME_TAKEN' },
    })
    const evil = environments.install('my-provider', ['numpy --index-url http://evil'])
    await expect(evil).rejects.toMatchObject({ code: 'BAD_REQUEST' })

    const python = (await runtimes.list()).find(({ isDefault }) => isDefault)
    expect(python).toMatchObject({ state: 'ready' })
    expect(await runtimes.get(python!.id)).toEqual(python)
    await expect(runtimes.install('3.1')).rejects.toMatchObject({ code: 'NOT_FOUND' })

    const pipe = { name: 'other', transport: 'pipe', environment: 'my-provider' } as const
    const other = await servers.start({ ...pipe, restart: 'never' })
    expect(other).toMatchObject({ name: 'other', state: 'running', endpoint: { transport: 'pipe' } })
    expect(await servers.get('other')).toEqual(other)
    expect((await run('servers.get', { name: 'other' })).spec.restart).toBe('never')
    expect((await environments.get('my-provider')).usedBy).toEqual(['other'])
    const client = await connect('other', { home })
    onTestFinished(() => client.close())
    expect(await client.evaluate('6 * 7')).toBe(42)
    await expect(environments.remove('my-provider')).rejects.toMatchObject({ details: { hostCode: 'IN_USE' } })
    expect(await servers.stop('other')).toMatchObject({ state: 'stopped', pid: undefined, endpoint: undefined })
    expect((await servers.list()).map(({ name, state }) => [name, state])).toEqual([['other', 'stopped']])

    // As long as somebody else works on it, the host waits.
    const context = { signal: new AbortController().signal, progress: () => {} }
    await withEnvironmentLock(core.layout, 'slow', context, async () => {
      const inState = async (state: string) =>
        (await jobs.list()).filter((job) => job.subject === 'environment slow' && job.state === state)
      const [leaves, aborts] = [environments.ensure('slow'), new AbortController()]
      leaves.catch(() => {})
      for await (const _step of leaves) break
      await eventually('what was left is cancelled', async () => (await inState('cancelled')).length === 1)
      const waiting = environments.ensure('slow', { signal: aborts.signal })
      const cancelled = waiting.catch((error: unknown) => error)
      await eventually('the host is at it', async () => (await inState('running')).length === 1)
      aborts.abort()
      expect(isBackendError(await cancelled, 'CANCELLED')).toBe(true)
      await eventually('that is cancelled, too', async () => (await inState('cancelled')).length === 2)
      const [job] = await inState('cancelled')
      expect(await jobs.get(job!.id)).toEqual(job)
      expect(await jobs.cancel(job!.id)).toMatchObject({ id: job!.id, state: 'cancelled' })
    })
    await environments.remove({ provider: 'my-provider' }, { permanent: true })
    expect(await environments.list()).toEqual([])
    expect((await run('jobs.list', {})).length).toBeGreaterThan(3)
  })

  test('give what the scope of the server covers, and no more', async () => {
    const host = await realHost()
    const look = await connected(await start(await scopedWay(host, 'read')))
    expect(await look.environments.list()).toEqual([])
    expect((await look.runtimes.list()).filter(({ isDefault }) => isDefault)).toHaveLength(1)
    expect(await look.servers.list()).toEqual([])
    expect(await look.jobs.list()).toEqual([])
    const refused = { code: 'FORBIDDEN', hint: expect.stringContaining('--infrastructure full') as string }
    await expect(look.environments.ensure('my-provider')).rejects.toMatchObject(refused)
    await expect(look.environments.create('mine', { packages: ['numpy'] })).rejects.toMatchObject(refused)
    await expect(look.runtimes.install('3.12')).rejects.toMatchObject(refused)
    await expect(look.servers.start({ transport: 'pipe' })).rejects.toMatchObject(refused)
    await expect(look.jobs.cancel('any')).rejects.toMatchObject(refused)
    expect(await host.run('jobs.list', {})).toEqual([])
  })
})

test('the code of a server gives no server more than the user has given it', async () => {
  const host = await realHost()
  const full = await connected(await startPool(undefined, await scopedWay(host, 'full')))
  const start = (params: string) => full.evaluate(`from beep_host import servers\nservers.start(${params}).name`)
  for (const more of ["infrastructure='full'", "infrastructure='read'", "auth='none'"]) {
    await expect(start(`'mine', 'pipe', ${more}`)).rejects.toThrow(/FORBIDDEN.*beep-host servers save/u)
  }
  await host.run('environments.create', { name: 'theirs' })
  const spec = { name: 'given', transport: 'pipe', environment: 'theirs', infrastructure: 'read' } as const
  await host.run('servers.save', spec)
  await expect(start("'given', infrastructure='full'")).rejects.toThrow(/FORBIDDEN/u)
  await expect(start("'given', environment='other'")).rejects.toThrow(/another environment.*FORBIDDEN/u)
  expect((await host.run('servers.list', {})).map(({ name, state }) => [name, state])).toEqual([['given', 'stopped']])
  await expect(start("'given', restart='always'")).rejects.toThrow(/restart/u)
  const policy = async () => (await host.run('servers.get', { name: 'given' })).spec.restart
  expect(await start("'given', restart='never'")).toBe('given')
  expect(await policy()).toBe('never')
  await host.run('servers.stop', { name: 'given' })
  // What is not said stays as it was saved.
  expect(await start("'given'")).toBe('given')
  expect(await policy()).toBe('never')
})
