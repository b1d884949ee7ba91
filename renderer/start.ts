import { watchJobs, watchServers } from './app/job-news.ts'
import type { Bridge } from './bridge.ts'
import { applyEvent, applySnapshot } from './stores/apply.ts'
import { setBridge } from './stores/call.ts'
import { useHost } from './stores/host.ts'
import { startNotices } from './stores/notices.ts'
import { startSync } from './stores/sync.ts'
import { startTheme } from './stores/theme.ts'
import { startUi } from './stores/ui.ts'

/** Order of events only: the way to the host, the user's choices, the news, then the stores follow the host. */
export function startRenderer(bridge: Bridge): void {
  setBridge(bridge)
  startUi()
  startTheme()
  startNotices()
  watchJobs()
  watchServers()
  startSync({ bridge, applySnapshot, applyEvent, onLink: (link, error) => useHost.setState({ link, error }) })
}
