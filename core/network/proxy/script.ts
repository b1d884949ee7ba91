import { withoutCredentials } from '../../../contract/index.ts'
import type { Network } from '../../../contract/index.ts'
import type { ProxyPlan } from './plan.ts'

/**
 * What a proxy script of the operating system comes to: only a browser's network can run one, so a host without it goes past the
 * script, and so do all children whatever the host.
 * @param isFollowed the desktop app is this host, and leaves its downloads to the system
 */
export function scriptInEffect(
  { script, https, http }: Pick<ProxyPlan, 'script' | 'https' | 'http'>,
  isFollowed: boolean,
): Network['proxy']['script'] {
  if (script === undefined) return null
  const address = withoutCredentials(script)
  const past = https === undefined && http === undefined ? 'go without a proxy' : 'take the other proxy of the system'
  const who = isFollowed
    ? `This app’s downloads of Pythons follow it. uv, pip, the code of servers, and \`beep-host\` while the app does not run, cannot: they ${past}.`
    : `Nothing here follows it: downloads of Pythons, uv, pip and the code of servers ${past}. Only the desktop app can, for its downloads of Pythons, as long as no proxy exception and no certificate is set here.`
  const way =
    'Name the proxy that the script comes to: `beep-host config set proxyUrl http://HOST:PORT`, then `beep-host config set proxy manual`.'
  return { address, isFollowed, text: `The system has a proxy script (${address}). ${who} ${way}` }
}
