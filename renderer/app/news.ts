import type { ErrorInfo } from '../../contract/index.ts'
import { useHost } from '../stores/host.ts'
import { noticeStateOf, useNotices } from '../stores/notices.ts'
import { goTo } from '../stores/ui.ts'
import { t } from '../text/index.ts'
import { notifyDone, notifyError } from '../ui/notify.tsx'

/** Something that has happened and that nobody may have seen. */
export interface News {
  /** The same news from two windows of one browser is shown by the system once. */
  readonly id: string
  readonly title: string
  readonly message: string
  /** Present: it is a failure. */
  readonly error?: ErrorInfo
  /** Where the user sees more. */
  readonly place: { readonly screen: string; readonly item: string }
  /** By which its notice is taken away once it is true no more. */
  readonly notice?: string
  /** A place on screen shows it already. */
  readonly isShown: boolean
}

/** Tells it in the window, unless it shows there already, and through the system while the window is hidden. */
export function tellNews(news: News): void {
  const { title, message, error, place } = news
  const open = { label: t('shell.show'), run: () => goTo(place.screen, place.item) }
  if (!news.isShown) {
    if (error) notifyError(error, title, open, news.notice)
    else notifyDone(title, message)
  }
  if (document.visibilityState === 'hidden') tellSystem(news)
}

function tellSystem({ id, title, message, place }: News): void {
  if (noticeStateOf(useNotices.getState(), useHost.getState().info) !== 'on') return
  const notice = new Notification(title, { body: message, tag: id, icon: './icon.svg' })
  notice.addEventListener('click', () => {
    window.focus()
    goTo(place.screen, place.item)
    notice.close()
  })
}
