import type { Fetch } from './fetch.ts'

/** A lent network stack for all that goes over the network; files are Node's business in any case. */
export function chooseFetch(own: Fetch, lent: Fetch | undefined): Fetch {
  return (url, options) => (lent && new URL(url).protocol !== 'file:' ? lent : own)(url, options)
}
