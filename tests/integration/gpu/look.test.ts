// Drivers that misbehave: what is asked must end, and say so.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createGpu } from '../../../core/gpu/index.ts'
import { lookAtGpu } from '../../../core/gpu/look.ts'
import { layoutOf } from '../../../core/platform/index.ts'
import { createSettingsStore } from '../../../core/storage/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'

function toolsIn(folder: string, tools: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  mkdirSync(folder, { recursive: true })
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`)
    chmodSync(path.join(folder, name), 0o755)
  }
  return { PATH: `${folder}:/usr/bin:/bin` }
}

test.skipIf(process.platform === 'win32')('a tool that hangs, one that floods, one that fails', async () => {
  const env = toolsIn(tempFolder(), {
    'nvidia-smi': 'sleep 600',
    rocminfo: 'yes rocm',
    vulkaninfo: 'echo ERROR >&2; exit 3',
  })
  const facts = await lookAtGpu(env, 'linux', 300)
  expect(facts.answers).toEqual({
    'nvidia-smi': { outcome: 'silent' },
    'nvidia-list': { outcome: 'silent' },
    rocminfo: { outcome: expect.stringMatching(/^(failed|silent)$/u) },
    vulkaninfo: { outcome: 'answered', exitCode: 3, stdout: '' },
  })
})

test.skipIf(process.platform !== 'linux')(
  'is looked at once, and again on demand; the settings count at once',
  async () => {
    const folder = tempFolder()
    const home = tempFolder()
    mkdirSync(layoutOf(home).locks, { recursive: true })
    const settings = createSettingsStore(layoutOf(home))
    const env = toolsIn(folder, {})
    const gpu = createGpu({ settings, env })
    const first = await gpu.report()
    toolsIn(folder, {
      'nvidia-smi':
        '[ "$1" = -L ] && echo "GPU 0: NVIDIA L4 (UUID: x)" || echo "Driver Version: 580.1  CUDA Version: 13.0"',
    })
    expect(await gpu.report()).toEqual(first)
    expect(await gpu.report({ refresh: true })).toMatchObject({
      backend: 'cuda',
      version: '13.0',
      devices: ['NVIDIA L4'],
    })
    await settings.update({ gpuBackend: 'cpu' })
    expect(await gpu.report()).toMatchObject({ backend: 'cpu', isForced: true, devices: [] })
  },
)
