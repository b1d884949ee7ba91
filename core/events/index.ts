export * from './hub.ts'
export * from './secrets.ts'
