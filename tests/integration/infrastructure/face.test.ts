// The names of the older .NET system, each of them once, from the code of a server before a real host with real packages.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { connected, startPool } from '../client/real-servers.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { writeWheel } from '../environments/wheels.ts'
import { realHost } from './host.ts'

const code = `
import clr
clr.AddReference('Beep.Python.Runtime')
from Beep.Python.RuntimeEngine.Infrastructure import VenvManager

venvs = VenvManager(...)
told = {}
told['before'] = venvs.GetProviderEnvironmentPath('my-provider')
told['wanted'] = [one.Status for one in venvs.GetProviderPackageStatus('my-provider')]
root = venvs.EnsureProviderEnvironment('my-provider', None)
told['root'] = root
told['same'] = [venvs.CreateProviderVirtualEnvironment('my-provider', None), venvs.GetProviderEnvironmentPath('my-provider')]
told['engine'] = venvs.EnsureEngineEnvironment('my-engine')
told['status'] = [list(one) for one in venvs.GetProviderPackageStatus('my-provider')]
told['installed'] = venvs.InstallProviderPackagesInVenv(root, {'helper': '>=1'})
told['verified'] = [venvs.VerifyPackagesInstalled(root, names) for names in ('helper', ['toolbox', 'helper<1'], ['broken'])]
venvs.MarkPackageInstalled(root, 'other')
venvs.MarkPackagesInstalled(root, ['other'])
told['tracked'] = [venvs.GetTrackedPackages(root), venvs.IsPackageTracked(root, 'Helper'), venvs.IsPackageTracked(root, 'other')]
told['run'] = list(venvs.RunScriptInVenv(root, script, 'é', 2))
told['gpu'] = [venvs.DetectGpuBackend(), venvs.GetGpuBackend()]
told['deleted'] = [venvs.DeleteVirtualEnvironment(root), venvs.DeleteVirtualEnvironment(root)]
told
`

test('mean what they meant', async () => {
  const { home, run, instance } = await realHost()
  const wheels = path.join(home, 'wheels')
  for (const name of ['toolbox', 'helper']) writeWheel(wheels, { name, version: '1.0' })
  writeWheel(wheels, { name: 'broken', version: '1.0', files: { 'broken.py': 'raise OSError("no such card")\n' } })
  const profile = {
    id: 'mine',
    title: 'Mine',
    aliases: ['my-provider'],
    packages: ['toolbox>=1'],
    optional: ['broken'],
  }
  await run('profiles.save', { profile: { ...profile, kind: 'provider' } })
  await run('settings.update', { gpuBackend: 'vulkan' })
  const script = path.join(tempFolder(), 'a script.py')
  writeFileSync(
    script,
    'import sys, helper\nprint(sys.argv[1:], helper.version)\nprint("no", file=sys.stderr)\nsys.exit(3)\n',
  )
  const pool = await startPool(undefined, { scope: 'full', address: instance.address, token: instance.token })
  const told = await (await connected(pool)).evaluate(code, { script })
  const root = path.join(home, 'environments', 'my-provider')
  expect(told).toEqual({
    before: null,
    wanted: ['NotInstalled', 'NotInstalled'],
    root,
    same: [root, root],
    engine: path.join(home, 'environments', 'my-engine'),
    status: [
      ['toolbox', '>=1', 'Installed', '1.0', null, false],
      ['broken', '', 'Failed', null, expect.stringContaining('no such card'), true],
    ],
    installed: true,
    verified: [true, false, false],
    tracked: [['helper', 'toolbox'], true, false],
    run: [false, "['é', '2'] 1.0\n", 'no\n'],
    gpu: ['vulkan', 'vulkan'],
    deleted: [true, false],
  })
})
