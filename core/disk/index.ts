export { pruneCache } from './prune.ts'
export { diskUsage } from './usage.ts'
