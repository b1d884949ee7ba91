import { create } from 'zustand'
import { toErrorInfo } from '../../contract/index.ts'
import type { ErrorInfo, InstallerReport } from '../../contract/index.ts'
import { call } from './call.ts'

interface InstallerState {
  readonly report: InstallerReport | undefined
  readonly error: ErrorInfo | undefined
}

/** What installs packages, as it was when somebody asked last. */
export const useInstaller = create<InstallerState>(() => ({ report: undefined, error: undefined }))

let turn = 0

/** What was asked last counts: an answer that comes after it is of what was before. */
export async function askForInstaller(): Promise<void> {
  turn += 1
  const mine = turn
  try {
    const report = await call('installer.show', {})
    if (mine === turn) useInstaller.setState({ report, error: undefined })
  } catch (thrown) {
    if (mine === turn) useInstaller.setState({ error: toErrorInfo(thrown) })
  }
}
