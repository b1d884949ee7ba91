import { expect, test } from 'vitest'
import type { GpuReport } from '../../../../contract/index.ts'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { askForGpu, useGpu } from '../../../../renderer/stores/gpu.ts'
import { fakeBridge } from '../fake-bridge.ts'

const report = (backend: GpuReport['backend']): GpuReport => ({
  backend,
  version: null,
  devices: [],
  isForced: false,
  findings: [],
  probedAt: '2026-01-01T00:00:00.000Z',
})

test('an answer, or a failure, that comes after that of a later question changes nothing', async () => {
  const host = fakeBridge('open')
  setBridge(host.bridge)
  void askForGpu()
  void askForGpu()
  void askForGpu(true)
  const [first, second, last] = [1, 2, 3].map(() => host.next('gpu.get'))
  // What comes before is out of date already, and ends no wait.
  await first!.ok(report('cpu'))
  expect(useGpu.getState()).toEqual({ report: undefined, error: undefined, isLooking: true })
  await last!.ok(report('cuda'))
  await second!.fail({ code: 'INTERNAL', message: 'too late' })
  expect(useGpu.getState()).toEqual({ report: report('cuda'), error: undefined, isLooking: false })
})
