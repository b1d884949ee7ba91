// The core's front door: what doors and programs may use of it.
export { createCore } from './create-core.ts'
export type { Core, CoreOptions } from './create-core.ts'
export type { Dispatch, Reply } from './dispatch.ts'
export { startHost } from './host.ts'
export type { Host, HostOptions } from './host.ts'
export { dataRoot, layoutOf } from './platform/index.ts'
export { version } from './version.ts'
