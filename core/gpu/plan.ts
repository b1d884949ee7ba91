import type { GpuPlan } from './types.ts'

const libraryFolders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/lib/wsl/lib',
]

export const nvidiaModule = '/proc/driver/nvidia/version'
export const rocmVersion = '/opt/rocm/.info/version'
export const rocmDevice = '/dev/kfd'
export const vulkanDrivers = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d']
export const renderDevice = '/dev/dri/renderD128'

/** Libraries that come with a driver: there without a tool of its maker, too. */
export const libraries = {
  cuda: [...libraryFolders.map((folder) => `${folder}/libcuda.so.1`), 'C:\\Windows\\System32\\nvcuda.dll'],
  rocm: [
    'C:\\Windows\\System32\\amdhip64.dll',
    'C:\\Windows\\System32\\amdhip64_6.dll',
    'C:\\Windows\\System32\\amdhip64_7.dll',
  ],
  vulkan: [...libraryFolders.map((folder) => `${folder}/libvulkan.so.1`), 'C:\\Windows\\System32\\vulkan-1.dll'],
} as const

/** Which programs to ask, and which files to look for. On a Mac its processor tells all. */
export function gpuPlan(platform: NodeJS.Platform): GpuPlan {
  if (platform === 'darwin') return { commands: [], paths: [], texts: [] }
  const isWindows = platform === 'win32'
  const paths = Object.values(libraries)
    .flat()
    .filter((file) => file.startsWith('C:') === isWindows)
  const system = 'C:\\Windows\\System32'
  // By full paths on Windows, where a bare name would be looked for in the current folder first.
  const nvidia = isWindows ? `${system}\\nvidia-smi.exe` : 'nvidia-smi'
  return {
    commands: [
      { probe: 'nvidia-smi', argv: [nvidia] },
      { probe: 'nvidia-list', argv: [nvidia, '-L'] },
      ...(isWindows ? [] : [{ probe: 'rocminfo' as const, argv: ['rocminfo'] as const }]),
      { probe: 'vulkaninfo', argv: [isWindows ? `${system}\\vulkaninfo.exe` : 'vulkaninfo', '--summary'] },
    ],
    paths: isWindows ? paths : [...paths, rocmDevice, renderDevice, ...vulkanDrivers],
    texts: isWindows ? [] : [nvidiaModule, rocmVersion],
  }
}
