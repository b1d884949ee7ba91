import { hashOf } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'

/** The way back to the list. */
export function listPlace() {
  return { label: t('environments.detail.back'), href: hashOf({ screen: 'environments', item: undefined }) }
}
