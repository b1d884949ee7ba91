export { createServers } from './create-servers.ts'
export type * from './types.ts'
