import { create } from 'zustand'
import { toErrorInfo } from '../../contract/index.ts'
import type { ErrorInfo, TrashedEnvironment } from '../../contract/index.ts'
import { call } from './call.ts'

interface TrashState {
  /** Deleted environments that can be brought back, the newest first; undefined until asked for. */
  readonly trash: readonly TrashedEnvironment[] | undefined
  readonly error: ErrorInfo | undefined
}

export const useTrash = create<TrashState>()(() => ({ trash: undefined, error: undefined }))

let turn = 0

/** Asks the host again; an answer that a later question has overtaken is not looked at. Never rejects. */
export async function loadTrash(): Promise<void> {
  const mine = (turn += 1)
  try {
    const trash = await call('environments.trash', {})
    if (mine !== turn) return
    useTrash.setState({
      trash: [...trash].sort((a, b) => b.removedAt.localeCompare(a.removedAt)),
      error: undefined,
    })
  } catch (error) {
    if (mine === turn) useTrash.setState({ error: toErrorInfo(error) })
  }
}
