import type { Fetch } from './fetch.ts'

/**
 * A lent network stack for what goes over the network, where the operating system decides alone how; else our own, which knows
 * the settings. Files are Node's business in any case.
 */
export function chooseFetch(own: Fetch, lent: Fetch | undefined, leavesItToTheSystem: () => Promise<boolean>): Fetch {
  return async (url, options) => {
    const isLent = lent !== undefined && new URL(url).protocol !== 'file:' && (await leavesItToTheSystem())
    return (isLent ? lent : own)(url, options)
  }
}
