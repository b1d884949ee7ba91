import type { SettingDifference, Settings } from '../../../contract/index.ts'
import { saveSettings } from '../../stores/settings.ts'
import { t } from '../../text/index.ts'
import { notifyDone, notifyUndo } from '../../ui/notify.tsx'
import { tell } from '../../ui/tell.ts'
import { leavesPasswords } from './setting-words.ts'

/** Says that several settings have changed, and offers to have those back that did. Passwords are gone for good: that is said, too. */
export function tellUndo(title: string, before: Settings, changes: readonly SettingDifference[]): void {
  const back = Object.fromEntries(changes.map(({ key }) => [key, before[key]]))
  const isLess = leavesPasswords(changes)
  const changed = t('settings.file.changed', { count: changes.length })
  const message = isLess ? `${changed} ${t('settings.file.passwordsGone')}` : changed
  const tellDone = () =>
    isLess
      ? notifyDone(t('settings.file.undoneLess'), t('settings.file.undoneLessText'))
      : notifyDone(t('settings.file.undone'))
  notifyUndo('settings', title, message, () => tell(saveSettings(back).then(tellDone)))
}
