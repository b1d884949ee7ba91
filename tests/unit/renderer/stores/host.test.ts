import { expect, it } from 'vitest'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { runChecks, useHost } from '../../../../renderer/stores/host.ts'
import { fakeBridge } from '../fake-bridge.ts'

const found = (detail: string) => ({ id: 'servers', title: 'Servers', outcome: 'ok', detail })

it('the doctor who is asked while looking looks once more, however often it was asked', async () => {
  const host = fakeBridge('open')
  setBridge(host.bridge)
  const checks = runChecks()
  const first = host.next('doctor.run')
  await Promise.all([runChecks(), runChecks()])
  expect(host.asked).toEqual([])

  await first.ok([found('before')])
  expect(useHost.getState()).toMatchObject({ isChecking: true, checks: [{ detail: 'before' }] })
  await host.next('doctor.run').ok([found('after')])
  await checks
  expect(host.asked).toEqual([])
  expect(useHost.getState()).toMatchObject({ isChecking: false, checks: [{ detail: 'after' }] })
})

it('a doctor who fails can be asked again', async () => {
  const host = fakeBridge('open')
  setBridge(host.bridge)
  const failing = runChecks()
  await host.next('doctor.run').fail({ code: 'INTERNAL', message: 'no' })
  await failing
  expect(useHost.getState()).toMatchObject({ isChecking: false, checkError: { message: 'no' } })
  const again = runChecks()
  await host.next('doctor.run').ok([found('well')])
  await again
  expect(useHost.getState()).toMatchObject({ isChecking: false, checkError: undefined })
})
