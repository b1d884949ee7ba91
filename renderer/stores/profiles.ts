import { create } from 'zustand'
import { toErrorInfo } from '../../contract/index.ts'
import type { ErrorInfo, Profile } from '../../contract/index.ts'
import { call } from './call.ts'

interface ProfilesState {
  /** Undefined until somebody has asked for them. */
  readonly profiles: readonly Profile[] | undefined
  readonly error: ErrorInfo | undefined
}

export const useProfileStore = create<ProfilesState>(() => ({ profiles: undefined, error: undefined }))

/** Asks for all of them; what changes later is told. */
export async function refreshProfiles(): Promise<void> {
  try {
    useProfileStore.setState({ profiles: await call('profiles.list', {}), error: undefined })
  } catch (thrown) {
    useProfileStore.setState({ error: toErrorInfo(thrown) })
  }
}
