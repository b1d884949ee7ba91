export { createRuntimes } from './create.ts'
export { FetchError } from './download/fetch.ts'
export type { Fetch, FetchOptions, FetchResponse } from './download/fetch.ts'
export type * from './types.ts'
