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

export async function askForInstaller(): Promise<void> {
  try {
    useInstaller.setState({ report: await call('installer.show', {}), error: undefined })
  } catch (thrown) {
    useInstaller.setState({ error: toErrorInfo(thrown) })
  }
}
