export { createRuntimes } from './create.ts'
export type * from './types.ts'
