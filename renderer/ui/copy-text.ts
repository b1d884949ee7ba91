import { AppError } from '../../contract/index.ts'
import { t } from '../text/index.ts'
import { notifyDone } from './notify.tsx'

/** Puts a text into the clipboard, and says so. For what has no button that could say it. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    throw new AppError('PERMISSION_DENIED', t('shell.copyFailed'), { hint: t('shell.copyFailedHint') })
  }
  notifyDone(done)
}
