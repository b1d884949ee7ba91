import { create } from 'zustand'
import { toErrorInfo } from '../../contract/index.ts'
import type { Check, ErrorInfo, HostInfo } from '../../contract/index.ts'
import { call } from './call.ts'

/**
 * How far this page knows the host. `loading`: connected, the snapshot is on its way. `live`: every list on screen is true.
 * `lost`: what is on screen is the last known state. `failed`: connected, but the host could not tell its state.
 */
export type HostLink = 'connecting' | 'loading' | 'live' | 'lost' | 'failed'

interface HostState {
  readonly link: HostLink
  /** There was a snapshot once: screens have something to show. */
  readonly isKnown: boolean
  readonly error: ErrorInfo | undefined
  readonly info: HostInfo | undefined
  readonly isClosing: boolean
  /** The doctor's last answer, and when it came. Undefined: not asked yet. */
  readonly checks: readonly Check[] | undefined
  readonly checkedAt: string | undefined
  readonly isChecking: boolean
  readonly checkError: ErrorInfo | undefined
}

export const useHost = create<HostState>()(() => ({
  link: 'connecting',
  isKnown: false,
  error: undefined,
  info: undefined,
  isClosing: false,
  checks: undefined,
  checkedAt: undefined,
  isChecking: false,
  checkError: undefined,
}))

let isWantedAgain = false

/** Asks the doctor. What changes while it looks it may have missed: asked meanwhile, it looks once more afterwards. */
export async function runChecks(): Promise<void> {
  isWantedAgain = true
  if (useHost.getState().isChecking) return
  useHost.setState({ isChecking: true })
  while (isWantedAgain) {
    isWantedAgain = false
    await askDoctor()
  }
  useHost.setState({ isChecking: false })
}

async function askDoctor(): Promise<void> {
  useHost.setState({ checkError: undefined })
  try {
    const checks = await call('doctor.run', {})
    useHost.setState({ checks, checkedAt: new Date().toISOString() })
  } catch (error) {
    useHost.setState({ checkError: toErrorInfo(error) })
  }
}
