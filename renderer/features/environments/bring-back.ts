import { runJob } from '../../stores/run-job.ts'
import { loadTrash } from '../../stores/trash.ts'
import { t } from '../../text/index.ts'
import { hideNotice, notifyDone, notifyUndo } from '../../ui/notify.tsx'
import { tell } from '../../ui/tell.ts'

const noticeOf = (trashId: string) => `trash ${trashId}`

/** Tells that an environment was deleted, with the way back. */
export function offerUndo(name: string, trashId: string): void {
  notifyUndo(noticeOf(trashId), t('environments.removal.undoable', { name }), t('environments.removal.undoText'), () =>
    tell(bringBack(trashId)),
  )
}

/** It is back, or gone for good: there is nothing to undo any more. */
export function withdrawUndo(trashId: string): void {
  hideNotice(noticeOf(trashId))
}

async function bringBack(id: string): Promise<void> {
  const restored = await runJob('environments.restore', { id })
  await loadTrash()
  if (restored) notifyDone(t('environments.trash.restored', { name: restored.name }))
}
