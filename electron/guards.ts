import { app, session, shell } from 'electron'
import type { Event } from 'electron'
import { isPermitted } from './policy/permissions.ts'
import { linkVerdict, navigationVerdict } from './policy/navigation.ts'
import type { NavigationVerdict } from './policy/navigation.ts'

/** Closes the ways out of the window, for every window there will ever be. What is refused is in the log. */
export function setGuards(log: (text: string) => void): void {
  const obey = (verdict: NavigationVerdict, what: string, target: string) => {
    if (verdict.kind === 'browser') void shell.openExternal(verdict.url)
    if (verdict.kind === 'refuse')
      log(`window: refused ${what} ${JSON.stringify(target.slice(0, 300))}: ${verdict.why}`)
  }
  app.on('web-contents-created', (_created, contents) => {
    const guard = (event: Pick<Event, 'preventDefault'> & { readonly url: string; readonly isMainFrame: boolean }) => {
      const verdict = navigationVerdict(event.url, event.isMainFrame)
      if (verdict.kind !== 'allow') event.preventDefault()
      obey(verdict, 'to go to', event.url)
    }
    // What main itself loads does not come by here.
    contents.on('will-frame-navigate', guard)
    contents.on('will-redirect', guard)
    contents.setWindowOpenHandler(({ url }) => {
      obey(linkVerdict(url), 'a window for', url)
      return { action: 'deny' }
    })
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
      log('window: refused a webview')
    })
  })

  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((contents, permission, decide, { requestingUrl }) => {
    const isAllowed = isPermitted(permission, requestingUrl ?? contents.getURL())
    if (!isAllowed) log(`window: refused the permission ${permission}`)
    decide(isAllowed)
  })
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) => isPermitted(permission, origin))
  defaultSession.setDevicePermissionHandler(() => false)
}
