export * from './each-bounded.ts'
export * from './registry.ts'
