import type { GpuBackend, GpuFinding, GpuReport, Settings } from '../../contract/index.ts'
import { gpuBackends } from '../../contract/index.ts'

/** The back end that counts: what is forced, else the most capable that was found. */
export function chooseGpu(
  findings: readonly GpuFinding[],
  forced: Settings['gpuBackend'],
): Pick<GpuReport, 'backend' | 'version' | 'devices' | 'isForced'> {
  const isForced = forced !== 'auto'
  const backend: GpuBackend = isForced
    ? forced
    : (gpuBackends.find((one) => findings.some((finding) => finding.backend === one && finding.isFound)) ?? 'cpu')
  const finding = findings.find((one) => one.backend === backend)
  return { backend, version: finding?.version ?? null, devices: finding?.devices ?? [], isForced }
}
