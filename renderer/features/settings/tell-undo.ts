import type { SettingDifference, Settings } from '../../../contract/index.ts'
import { saveSettings } from '../../stores/settings.ts'
import { t } from '../../text/index.ts'
import { notifyDone, notifyUndo } from '../../ui/notify.tsx'
import { tell } from '../../ui/tell.ts'

/** Says that several settings have changed, and offers to have those back that did. */
export function tellUndo(title: string, before: Settings, changes: readonly SettingDifference[]): void {
  const back = Object.fromEntries(changes.map(({ key }) => [key, before[key]]))
  notifyUndo('settings', title, t('settings.file.changed', { count: changes.length }), () =>
    tell(saveSettings(back).then(() => notifyDone(t('settings.file.undone')))),
  )
}
