// @vitest-environment happy-dom
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '../../../../contract/index.ts'
import { applyEvent, applySnapshot } from '../../../../renderer/stores/apply.ts'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { isShownInPlace, useJob } from '../../../../renderer/stores/use-job.ts'
import type { JobControls } from '../../../../renderer/stores/use-job.ts'
import { fakeBridge, job, settled, snapshot } from '../fake-bridge.ts'

type Controls = JobControls<'environments.remove'>
let controls: Controls
let host: ReturnType<typeof fakeBridge>
let unmount: () => Promise<void>

function Place() {
  controls = useJob('environments.remove')
  return null
}

const change = (revision: number, more: Partial<Job>) =>
  act(async () => {
    applyEvent({ revision, name: 'job.changed', payload: { job: job('j', more) } })
    await settled()
  })

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  host = fakeBridge('open')
  setBridge(host.bridge)
  applySnapshot(snapshot(0))
  const root = createRoot(document.createElement('div'))
  await act(async () => root.render(createElement(Place)))
  unmount = () => act(async () => root.unmount())
})
afterEach(() => unmount())

async function started() {
  let result: ReturnType<Controls['run']> = Promise.resolve(undefined)
  await act(async () => {
    result = controls.run({ name: 'demo' })
    await host.next('environments.remove').ok({ job: job('j') })
  })
  return result
}

describe('a job that a screen started', () => {
  it('is followed to its result', async () => {
    let result: Promise<unknown> = Promise.resolve()
    await act(async () => {
      result = controls.run({ name: 'demo' })
      await host.next('environments.remove').ok({ job: job('j') })
    })
    await change(1, { progress: { fraction: 0.5, title: 'half' } })
    expect(controls).toMatchObject({ isRunning: true, job: { progress: { fraction: 0.5 } } })
    expect(isShownInPlace('j')).toBe(true)
    await change(2, { state: 'succeeded', result: { name: 'demo', freedBytes: 5 } })
    await expect(result).resolves.toEqual({ name: 'demo', freedBytes: 5 })
    expect(controls).toMatchObject({ isRunning: false, error: undefined })
    expect(isShownInPlace('j')).toBe(false)
  })

  it('with a large result is asked for all of it', async () => {
    let result: Promise<unknown> = Promise.resolve()
    await act(async () => {
      result = controls.run({ name: 'demo' })
      await host.next('environments.remove').ok({ job: job('j') })
    })
    await change(1, { state: 'succeeded', isAbridged: true })
    const whole = { name: 'demo', freedBytes: 5 }
    await act(() => host.next('jobs.get').ok(job('j', { state: 'succeeded', result: whole })))
    await expect(result).resolves.toEqual(whole)
  })

  it('tells its failure in place', async () => {
    void started()
    await act(settled)
    await change(1, { state: 'failed', error: { code: 'IN_USE', message: 'busy', hint: 'wait' } })
    expect(controls).toMatchObject({ isRunning: false, error: { code: 'IN_USE', hint: 'wait' } })
    await act(async () => controls.clear())
    expect(controls.error).toBeUndefined()
  })

  it('is no failure when it was cancelled', async () => {
    void started()
    await act(settled)
    await act(async () => controls.cancel())
    expect(host.next('jobs.cancel').params).toEqual({ id: 'j', release: true })
    await change(1, { state: 'cancelled', error: { code: 'CANCELLED', message: 'by the user' } })
    expect(controls).toMatchObject({ isRunning: false, error: undefined })
  })

  it('ends with the host that did it: the next one knows nothing of it', async () => {
    void started()
    await act(settled)
    await act(async () => {
      applySnapshot(snapshot(1))
      await settled()
    })
    expect(controls).toMatchObject({ isRunning: false, error: { code: 'HOST_UNREACHABLE' } })
  })

  it('may be refused at once', async () => {
    await act(async () => {
      void controls.run({ name: 'demo' })
      await host.next('environments.remove').fail({ code: 'PROTECTED', message: 'not this one' })
    })
    expect(controls).toMatchObject({ isRunning: false, job: undefined, error: { code: 'PROTECTED' } })
  })

  it('is no longer shown in place once that place has gone', async () => {
    void started()
    await act(settled)
    expect(controls.isHere()).toBe(true)
    await unmount()
    expect(isShownInPlace('j')).toBe(false)
    expect(controls.isHere()).toBe(false)
  })
})
