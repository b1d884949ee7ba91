import type { Fetch } from './fetch.ts'

/**
 * A lent network stack for what goes over the network, where the operating system decides alone how; else our own, which knows
 * the settings. Files are Node's business in any case.
 */
export function chooseFetch(own: Fetch, lent: Fetch | undefined, leavesItToTheSystem: () => Promise<boolean>): Fetch {
  return async (url, options) => {
    const { protocol, username, password } = new URL(url)
    // The lent one answers nobody who asks for a name and a password.
    const mayLend = protocol !== 'file:' && username === '' && password === ''
    const isLent = lent !== undefined && mayLend && (await leavesItToTheSystem())
    return (isLent ? lent : own)(url, options)
  }
}
