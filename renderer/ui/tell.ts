import { toErrorInfo } from '../../contract/index.ts'
import { notifyError } from './notify.tsx'

/** For a click whose failure has no place of its own: it becomes a notification. Never rejects. */
export async function tell(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    notifyError(toErrorInfo(error))
  }
}
