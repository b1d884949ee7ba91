import { expect, test } from 'vitest'
import type { InstallerReport } from '../../../../contract/index.ts'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { askForInstaller, useInstaller } from '../../../../renderer/stores/installer.ts'
import { fakeBridge } from '../fake-bridge.ts'

const report = (setting: InstallerReport['setting']): InstallerReport => ({
  setting,
  inEffect: null,
  own: null,
  unusable: [],
  oldestUv: '0.5.0',
})

test('an answer, or a failure, that comes after that of a later question changes nothing', async () => {
  const host = fakeBridge('open')
  setBridge(host.bridge)
  void askForInstaller()
  void askForInstaller()
  void askForInstaller()
  const [first, second, last] = [1, 2, 3].map(() => host.next('installer.show'))
  await last!.ok(report('pip'))
  await first!.ok(report('uv'))
  await second!.fail({ code: 'INTERNAL', message: 'too late' })
  expect(useInstaller.getState()).toMatchObject({ report: { setting: 'pip' }, error: undefined })
})
