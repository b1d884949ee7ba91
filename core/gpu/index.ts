import type { GpuReport } from '../../contract/index.ts'
import type { SettingsStore } from '../storage/index.ts'
import { chooseGpu } from './choose.ts'
import { lookAtGpu } from './look.ts'
import { readGpu } from './read.ts'

export interface Gpu {
  /** Looked at once, and remembered; `refresh` looks again. The settings count as they are now. */
  readonly report: (options?: { readonly refresh?: boolean }) => Promise<GpuReport>
}

export interface GpuDeps {
  readonly settings: SettingsStore
  readonly env: NodeJS.ProcessEnv
}

export function createGpu({ settings, env }: GpuDeps): Gpu {
  let looked: Promise<Pick<GpuReport, 'findings' | 'probedAt'>> | undefined
  const look = async () => {
    const findings = readGpu(await lookAtGpu(env, process.platform))
    return { findings: [...findings], probedAt: new Date().toISOString() }
  }
  return {
    async report({ refresh = false } = {}) {
      if (refresh) looked = undefined
      const seen = await (looked ??= look())
      return { ...chooseGpu(seen.findings, (await settings.get()).gpuBackend), ...seen }
    },
  }
}
