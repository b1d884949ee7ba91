import type { GpuFinding } from '../../contract/index.ts'
import { libraries, nvidiaModule, renderDevice, rocmDevice, rocmVersion, vulkanDrivers } from './plan.ts'
import type { GpuFacts, Probe } from './types.ts'

/** What the facts say of each back end but `cpu`, which every machine has. */
export function readGpu(facts: GpuFacts): readonly GpuFinding[] {
  return [readCuda(facts), readRocm(facts), readMetal(facts), readVulkan(facts)]
}

/**
 * The newest CUDA that a driver of Linux or Windows runs, by its first number.
 * Source: NVIDIA, CUDA Toolkit release notes, "CUDA Toolkit and Corresponding Driver Versions".
 */
const cudaOfDriver: readonly (readonly [number, string])[] = [
  [580, '13.0'],
  [570, '12.8'],
  [560, '12.6'],
  [550, '12.4'],
  [525, '12.0'],
  [450, '11.0'],
]

function readCuda(facts: GpuFacts): GpuFinding {
  const found = (version: string | null, devices: readonly string[], detail: string): GpuFinding => ({
    backend: 'cuda',
    isFound: true,
    version,
    devices: [...devices],
    detail,
  })
  const said = saidBy(facts, 'nvidia-smi')
  const devices = linesOf(saidBy(facts, 'nvidia-list')).flatMap(
    (line) => /^GPU \d+: (.+?)(?: \(UUID.*)?$/u.exec(line)?.[1] ?? [],
  )
  if (said !== undefined && (devices.length > 0 || /CUDA (?:UMD )?Version:/u.test(said))) {
    const driver = /Driver Version:\s*(\d+)/u.exec(said)?.[1]
    const version = /CUDA (?:UMD )?Version:\s*(\d+\.\d+)/u.exec(said)?.[1] ?? cudaByDriver(driver)
    return found(version, devices, 'nvidia-smi answers')
  }
  const module = /Module(?: for \S+)?\s+(\d+)\./u.exec(facts.texts[nvidiaModule] ?? '')?.[1]
  const library = libraries.cuda.find((file) => facts.paths.has(file))
  // A library alone comes with many a container, and runs nothing there.
  if (library !== undefined && (module !== undefined || facts.platform === 'win32'))
    return found(cudaByDriver(module), [], `${library}, and nvidia-smi ${silence(facts, 'nvidia-smi')}`)
  return missing('cuda', `nvidia-smi ${silence(facts, 'nvidia-smi')}, and no driver was found`)
}

function cudaByDriver(driver: string | undefined): string | null {
  return cudaOfDriver.find(([first]) => Number(driver) >= first)?.[1] ?? null
}

function readRocm(facts: GpuFacts): GpuFinding {
  const version = /^(\d+\.\d+)/u.exec(facts.texts[rocmVersion] ?? '')?.[1] ?? null
  // Agents are told one after another, each with its name, its name for people, and what it is.
  const agents = (saidBy(facts, 'rocminfo') ?? '')
    .split(/^\*+\s*$/mu)
    .filter((agent) => /Device Type:\s+GPU/u.test(agent))
  const devices = agents.map(
    (agent) => /Marketing Name:\s+(\S.*?)\s*$/mu.exec(agent)?.[1] ?? /Name:\s+(gfx\w+)/u.exec(agent)?.[1] ?? 'GPU',
  )
  if (agents.length > 0) return { backend: 'rocm', isFound: true, version, devices, detail: 'rocminfo names a GPU' }
  const hasKernel = facts.texts[rocmVersion] !== undefined && facts.paths.has(rocmDevice)
  if (hasKernel && saidBy(facts, 'rocminfo') === undefined)
    return {
      backend: 'rocm',
      isFound: true,
      version,
      devices: [],
      detail: `/opt/rocm and ${rocmDevice}, and rocminfo ${silence(facts, 'rocminfo')}`,
    }
  const library = libraries.rocm.find((file) => facts.paths.has(file))
  if (library !== undefined) return { backend: 'rocm', isFound: true, version, devices: [], detail: library }
  if (facts.platform === 'win32') return missing('rocm', 'no HIP library was found')
  return missing(
    'rocm',
    saidBy(facts, 'rocminfo') === undefined ? `rocminfo ${silence(facts, 'rocminfo')}` : 'rocminfo names no GPU',
  )
}

function readMetal({ platform, arch, processor }: GpuFacts): GpuFinding {
  if (platform !== 'darwin') return missing('metal', 'this is no Mac')
  if (arch !== 'arm64') return missing('metal', 'this Mac has an Intel processor')
  return {
    backend: 'metal',
    isFound: true,
    version: null,
    devices: [processor],
    detail: 'a Mac with Apple’s processor',
  }
}

function readVulkan(facts: GpuFacts): GpuFinding {
  const said = saidBy(facts, 'vulkaninfo')
  if (said !== undefined) {
    const devices = said
      .split(/^GPU\d+:/mu)
      .slice(1)
      .filter((device) => /PHYSICAL_DEVICE_TYPE_(?:DISCRETE|INTEGRATED|VIRTUAL)_GPU/u.test(device))
    const names = devices.map((device) => /deviceName\s*=\s*(\S.*?)\s*$/mu.exec(device)?.[1] ?? 'GPU')
    // One that draws with the processor is called a device, too.
    if (names.length === 0) return missing('vulkan', 'vulkaninfo names no GPU')
    return { backend: 'vulkan', isFound: true, version: null, devices: names, detail: 'vulkaninfo names a GPU' }
  }
  const library = libraries.vulkan.find((file) => facts.paths.has(file))
  const hasDriver =
    facts.platform === 'win32' ||
    (facts.paths.has(renderDevice) && vulkanDrivers.some((folder) => facts.paths.has(folder)))
  if (library !== undefined && hasDriver)
    return {
      backend: 'vulkan',
      isFound: true,
      version: null,
      devices: [],
      detail: `${library}, and vulkaninfo ${silence(facts, 'vulkaninfo')}`,
    }
  return missing('vulkan', `vulkaninfo ${silence(facts, 'vulkaninfo')}, and no driver was found`)
}

function missing(backend: GpuFinding['backend'], detail: string): GpuFinding {
  return { backend, isFound: false, version: null, devices: [], detail }
}

/** What a program printed, if it ended well. */
function saidBy(facts: GpuFacts, probe: Probe): string | undefined {
  const answer = facts.answers[probe]
  return answer?.outcome === 'answered' && answer.exitCode === 0 ? answer.stdout : undefined
}

function silence(facts: GpuFacts, probe: Probe): string {
  const answer = facts.answers[probe]
  if (answer?.outcome === 'silent') return 'did not answer in time'
  if (answer?.outcome === 'answered')
    return answer.exitCode === 0 ? 'names no GPU' : `ended with ${answer.exitCode ?? 'a signal'}`
  return answer?.outcome === 'failed' ? 'could not be started' : 'is not there'
}

function linesOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(/\r?\n/u).map((line) => line.trim())
}
