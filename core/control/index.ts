export * from './door.ts'
export * from './host-log.ts'
export * from './idle.ts'
