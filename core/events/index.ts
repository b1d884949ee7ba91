export * from './hub.ts'
export * from './redact.ts'
export * from './secrets.ts'
