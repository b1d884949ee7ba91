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

let turn = 0

/** What was asked last counts: an answer that comes after it is of what was before. */
export async function askForGpu(refresh = false): Promise<void> {
  turn += 1
  const mine = turn
  useGpu.setState({ isLooking: true })
  try {
    const report = await call('gpu.get', { refresh })
    if (mine === turn) useGpu.setState({ report, error: undefined })
  } catch (thrown) {
    if (mine === turn) useGpu.setState({ error: toErrorInfo(thrown) })
  } finally {
    if (mine === turn) useGpu.setState({ isLooking: false })
  }
}
