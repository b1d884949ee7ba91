import { create } from 'zustand'
import { toErrorInfo } from '../../contract/index.ts'
import type { ErrorInfo, GpuReport } from '../../contract/index.ts'
import { call } from './call.ts'

interface GpuState {
  readonly report: GpuReport | undefined
  readonly error: ErrorInfo | undefined
  readonly isLooking: boolean
}

/** What the host has found, since somebody asked. */
export const useGpu = create<GpuState>(() => ({ report: undefined, error: undefined, isLooking: false }))

export async function askForGpu(refresh = false): Promise<void> {
  useGpu.setState({ isLooking: true })
  try {
    useGpu.setState({ report: await call('gpu.get', { refresh }), error: undefined })
  } catch (thrown) {
    useGpu.setState({ error: toErrorInfo(thrown) })
  } finally {
    useGpu.setState({ isLooking: false })
  }
}
