// @vitest-environment happy-dom
import { createElement } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '../../../../contract/index.ts'
import { EnvironmentsView } from '../../../../renderer/features/environments/environments-view.tsx'
import { applyEvent, applySnapshot } from '../../../../renderer/stores/apply.ts'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { useOutdated } from '../../../../renderer/stores/outdated.ts'
import { fakeBridge, job, snapshot } from '../fake-bridge.ts'
import { click, control, isThere, lets, mount } from '../mount.ts'
import { environment } from './environment.ts'

let host: ReturnType<typeof fakeBridge>
let unmount: () => Promise<void>
let revision = 0

const changed = (more: Partial<Job>) =>
  lets(() => applyEvent({ revision: (revision += 1), name: 'job.changed', payload: { job: job('j', more) } }))

/** Answers the next call with a running job, then lets it end. */
async function runs(command: Job['command'], end: Partial<Job>): Promise<unknown> {
  const asked = host.next(command as never)
  const more = { command, subject: 'environment demo' }
  await lets(() => asked.ok({ job: job('j', more) }))
  await changed({ ...more, state: 'succeeded', endedAt: '2026-01-01T00:00:01.000Z', ...end })
  return asked.params
}

async function show(name: string, more: Parameters<typeof environment>[1] = {}) {
  applySnapshot(snapshot(0, { environments: [environment('demo', { requirements: ['numpy'], ...more })] }))
  unmount = await mount(createElement(EnvironmentsView, { item: name }))
  if (more.state !== 'broken' && name === 'demo')
    await lets(() =>
      host.next('packages.list').ok([
        { name: 'pandas', version: '2.2' },
        { name: 'numpy', version: '2.3.0' },
      ]),
    )
}

beforeEach(() => {
  host = fakeBridge('open')
  setBridge(host.bridge)
  useOutdated.setState({ known: {} })
})
afterEach(() => unmount())

describe('one environment', () => {
  it('shows before a package goes what would break, and then lets it go', async () => {
    await show('demo')
    await click('Remove numpy')
    const preview = await runs('packages.preview', {
      result: [{ name: 'numpy', from: '2.3.0', to: null, neededBy: ['pandas'] }],
    })
    expect(preview).toEqual({ name: 'demo', action: 'uninstall', packages: ['numpy'] })
    expect(isThere('numpy is needed by pandas')).toBe(true)
    await click('Remove all the same')
    expect(await runs('packages.uninstall', {})).toEqual({ name: 'demo', packages: ['numpy'] })
    // The list is as old as the change before.
    await lets(() => host.next('packages.list').ok([{ name: 'pandas', version: '2.2' }]))
    expect(isThere('Remove numpy')).toBe(false)
    expect(isThere('Packages (1)')).toBe(true)
  })

  it('a preview that fails says why, and does not stand in the way', async () => {
    await show('demo')
    await click('Remove numpy')
    await runs('packages.preview', {
      state: 'failed',
      error: { code: 'UNSUPPORTED', message: 'This pip cannot tell beforehand' },
    })
    expect(isThere('This pip cannot tell beforehand')).toBe(true)
    await click('Go on without a preview')
    expect(host.next('packages.uninstall').params).toEqual({ name: 'demo', packages: ['numpy'] })
  })

  it('a preview that nobody waits for any more is cancelled', async () => {
    await show('demo')
    await click('Remove pandas')
    await lets(() => host.next('packages.preview').ok({ job: job('j', { command: 'packages.preview' }) }))
    await click('Cancel')
    expect(host.next('jobs.cancel').params).toEqual({ id: 'j', release: true })
  })

  it('marks what is out of date on demand, and upgrades one', async () => {
    await show('demo')
    expect(isThere('available')).toBe(false)
    await click('Look for updates')
    await runs('packages.outdated', { result: [{ name: 'pandas', version: '2.2', latest: '3.0' }] })
    expect(isThere('3.0 available')).toBe(true)
    await click('Upgrade pandas to 3.0')
    expect(host.next('packages.preview').params).toEqual({ name: 'demo', action: 'upgrade', packages: ['pandas'] })
  })

  it('that is broken says why and offers to repair it; its failure is told in place', async () => {
    await show('demo', { state: 'broken', problem: { code: 'PYTHON_BROKEN', message: 'Its Python is gone' } })
    expect(isThere('Its Python is gone')).toBe(true)
    expect(control('button', 'Start a server').hasAttribute('disabled')).toBe(true)
    await click('Repair')
    await runs('environments.repair', { state: 'failed', error: { code: 'NETWORK', message: 'No way to the index' } })
    expect(isThere('No way to the index')).toBe(true)
  })

  it('that is not there says so', async () => {
    await show('gone')
    expect(isThere('There is no environment gone')).toBe(true)
  })
})
