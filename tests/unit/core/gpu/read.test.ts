import { describe, expect, it } from 'vitest'
import { chooseGpu } from '../../../../core/gpu/choose.ts'
import { gpuPlan } from '../../../../core/gpu/plan.ts'
import { readGpu } from '../../../../core/gpu/read.ts'
import type { GpuFacts, ProbeAnswer } from '../../../../core/gpu/types.ts'

const said = (stdout: string, exitCode = 0): ProbeAnswer => ({ outcome: 'answered', exitCode, stdout })
const facts = (fields: Partial<GpuFacts>): GpuFacts => ({
  platform: 'linux',
  arch: 'x64',
  processor: 'A processor',
  answers: {},
  paths: new Set(),
  texts: {},
  ...fields,
})
const decide = (fields: Partial<GpuFacts>, forced: Parameters<typeof chooseGpu>[1] = 'auto') =>
  chooseGpu(readGpu(facts(fields)), forced)

const smi = `
+-----------------------------------------------------------------------------------------+
| NVIDIA-SMI 560.35.03              Driver Version: 560.35.03      CUDA Version: 12.6     |
|-----------------------------------------+------------------------+----------------------+
| GPU  Name                 Persistence-M | Bus-Id          Disp.A | Volatile Uncorr. ECC |
`
const smiList = 'GPU 0: NVIDIA GeForce RTX 4090 (UUID: GPU-1f2e)\nGPU 1: NVIDIA L4 (UUID: GPU-9)\n'
const rocminfo = `
*******
Agent 1
*******
  Name:                    AMD Ryzen 9 7950X
  Marketing Name:          AMD Ryzen 9 7950X
  Device Type:             CPU
*******
Agent 2
*******
  Name:                    gfx1100
  Marketing Name:          AMD Radeon RX 7900 XTX
  Device Type:             GPU
`
const vulkan = (type: string, name: string) => `
Devices:
========
GPU0:
\tapiVersion         = 1.3.274
\tdeviceType         = PHYSICAL_DEVICE_TYPE_${type}
\tdeviceName         = ${name}
`

describe('what the system says', () => {
  it.each<[string, Partial<GpuFacts>, object]>([
    [
      'a card of NVIDIA’s on Linux',
      { answers: { 'nvidia-smi': said(smi), 'nvidia-list': said(smiList) } },
      { backend: 'cuda', version: '12.6', devices: ['NVIDIA GeForce RTX 4090', 'NVIDIA L4'] },
    ],
    [
      'the same on Windows, beside Vulkan',
      {
        platform: 'win32',
        answers: {
          'nvidia-smi': said(smi.replaceAll('\n', '\r\n')),
          'nvidia-list': said(smiList.replaceAll('\n', '\r\n')),
          vulkaninfo: said(vulkan('DISCRETE_GPU', 'NVIDIA L4')),
        },
      },
      { backend: 'cuda', version: '12.6', devices: ['NVIDIA GeForce RTX 4090', 'NVIDIA L4'] },
    ],
    [
      'a tool that hangs, and a driver that is loaded',
      {
        answers: { 'nvidia-smi': { outcome: 'silent' }, 'nvidia-list': { outcome: 'silent' } },
        paths: new Set(['/usr/lib/x86_64-linux-gnu/libcuda.so.1']),
        texts: { '/proc/driver/nvidia/version': 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  575.51.02  Sat' },
      },
      { backend: 'cuda', version: '12.8', devices: [] },
    ],
    [
      'a driver that fails',
      { answers: { 'nvidia-smi': said('NVIDIA-SMI has failed', 9), 'nvidia-list': said('', 9) } },
      { backend: 'cpu' },
    ],
    ['a library in a container, and no driver', { paths: new Set(['/usr/lib64/libcuda.so.1']) }, { backend: 'cpu' }],
    [
      'a library of Windows’',
      { platform: 'win32', paths: new Set(['C:\\Windows\\System32\\nvcuda.dll']) },
      { backend: 'cuda', version: null },
    ],
    [
      'a card of AMD’s',
      { answers: { rocminfo: said(rocminfo) }, texts: { '/opt/rocm/.info/version': '6.2.4-139' } },
      { backend: 'rocm', version: '6.2', devices: ['AMD Radeon RX 7900 XTX'] },
    ],
    ['AMD’s tools without a card', { answers: { rocminfo: said(rocminfo.split('Agent 2')[0]!) } }, { backend: 'cpu' }],
    [
      'ROCm without its tool',
      { paths: new Set(['/dev/kfd']), texts: { '/opt/rocm/.info/version': '6.4.1' } },
      { backend: 'rocm', version: '6.4' },
    ],
    [
      'HIP on Windows',
      { platform: 'win32', paths: new Set(['C:\\Windows\\System32\\amdhip64_6.dll']) },
      { backend: 'rocm' },
    ],
    [
      'another card',
      { answers: { vulkaninfo: said(vulkan('INTEGRATED_GPU', 'Intel(R) Iris(R) Xe')) } },
      { backend: 'vulkan', devices: ['Intel(R) Iris(R) Xe'] },
    ],
    ['a processor that draws', { answers: { vulkaninfo: said(vulkan('CPU', 'llvmpipe')) } }, { backend: 'cpu' }],
    [
      'Vulkan without its tool',
      { paths: new Set(['/usr/lib64/libvulkan.so.1', '/dev/dri/renderD128', '/usr/share/vulkan/icd.d']) },
      { backend: 'vulkan' },
    ],
    [
      'a Mac with Apple’s processor',
      { platform: 'darwin', arch: 'arm64', processor: 'Apple M3' },
      { backend: 'metal', devices: ['Apple M3'] },
    ],
    ['a Mac with Intel’s', { platform: 'darwin' }, { backend: 'cpu' }],
    ['nothing', {}, { backend: 'cpu', version: null, devices: [], isForced: false }],
  ])('%s', (_, given, expected) => {
    expect(decide(given)).toMatchObject(expected)
  })

  it('gives way to what the user says', () => {
    const given = { answers: { 'nvidia-smi': said(smi), 'nvidia-list': said(smiList) } }
    expect(decide(given, 'cpu')).toEqual({ backend: 'cpu', version: null, devices: [], isForced: true })
    expect(decide({}, 'cuda')).toEqual({ backend: 'cuda', version: null, devices: [], isForced: true })
    expect(decide(given, 'cuda')).toMatchObject({ version: '12.6', isForced: true })
  })

  it('is told with what tells it', () => {
    const silent = { outcome: 'silent' } as const
    const findings = readGpu(facts({ answers: { 'nvidia-smi': silent, rocminfo: { outcome: 'missing' } } }))
    expect(findings.map(({ backend, detail }) => [backend, detail])).toEqual([
      ['cuda', 'nvidia-smi did not answer in time, and no driver was found'],
      ['rocm', 'rocminfo is not there'],
      ['metal', 'this is no Mac'],
      ['vulkan', 'vulkaninfo is not there, and no driver was found'],
    ])
  })
})

it('each platform is asked in its own way', () => {
  const programs = (platform: NodeJS.Platform) => gpuPlan(platform).commands.map(({ argv }) => argv.join(' '))
  expect(programs('linux')).toEqual(['nvidia-smi', 'nvidia-smi -L', 'rocminfo', 'vulkaninfo --summary'])
  expect(programs('win32').every((line) => line.startsWith('C:\\Windows\\System32\\'))).toBe(true)
  expect(gpuPlan('darwin')).toEqual({ commands: [], paths: [], texts: [] })
  expect(gpuPlan('linux').paths.some((file) => file.startsWith('C:'))).toBe(false)
  expect(gpuPlan('win32').paths.every((file) => file.startsWith('C:'))).toBe(true)
})
