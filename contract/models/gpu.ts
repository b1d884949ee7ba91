import { z } from 'zod'

/** What computes beside the processor, the most capable first. `cpu`: nothing does. */
export const gpuBackends = ['cuda', 'rocm', 'metal', 'vulkan', 'cpu'] as const
export const gpuBackendSchema = z.enum(gpuBackends)
export type GpuBackend = z.infer<typeof gpuBackendSchema>

/** What was learnt of one back end. */
export const gpuFindingSchema = z.object({
  backend: gpuBackendSchema,
  isFound: z.boolean(),
  /** The newest CUDA that the driver runs, or the version of ROCm; null: not told. */
  version: z.string().nullable(),
  devices: z.array(z.string()),
  /** What tells it, or what is missing. */
  detail: z.string(),
})
export type GpuFinding = z.infer<typeof gpuFindingSchema>

/** Which back end packages are chosen for on this machine, and why. */
export const gpuReportSchema = z.object({
  backend: gpuBackendSchema,
  version: z.string().nullable(),
  devices: z.array(z.string()),
  /** The settings name it, whatever was found. */
  isForced: z.boolean(),
  findings: z.array(gpuFindingSchema),
  probedAt: z.string(),
})
export type GpuReport = z.infer<typeof gpuReportSchema>
