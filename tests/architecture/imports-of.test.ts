import { describe, expect, it } from 'vitest'
import { importsOf } from './imports-of.ts'

describe('the import scanner', () => {
  it.each([
    [`import a from './a.ts'`, './a.ts'],
    [`import './a.ts'`, './a.ts'],
    [`import * as a from "node:fs"`, 'node:fs'],
    [`import { a, type B } from './a.ts'`, './a.ts'],
    [`import type { A } from './a.ts'`, './a.ts'],
    [`import { type A, type B } from './a.ts'`, './a.ts'],
    [`import j from './j.json' with { type: 'json' }`, './j.json'],
    [`export * from './a.ts'`, './a.ts'],
    [`export * as a from './a.ts'`, './a.ts'],
    [`export { a } from './a.ts'`, './a.ts'],
    [`export type { A } from './a.ts'`, './a.ts'],
    [`export type * from './a.ts'`, './a.ts'],
    ['const a = await import(`./a.ts`)', './a.ts'],
    [`function f() { if (x) return import('./a.ts') }`, './a.ts'],
    [`type A = Promise<import('./a.ts').A[]>`, './a.ts'],
    [`import a = require('a')`, 'a'],
    [`const a = require('a')`, 'a'],
    [`const a = require.resolve('a')`, 'a'],
    [`const a = import.meta.resolve('a')`, 'a'],
    [`new Worker(new URL('./a.ts', import.meta.url))`, './a.ts'],
  ])('finds %s', (text, specifier) => {
    expect(importsOf('x.ts', text)).toEqual([specifier])
  })

  it.each([
    `// import a from './a.ts'`,
    `/* require('a') */`,
    `const text = "import a from './a.ts'"`,
    'const text = `import("./a.ts")`',
    `const a = load('a')`,
    `const a = await import(name)`,
    `const a = new URL('../resources/a.json', import.meta.url)`,
    `const a = new URL('./a.ts', base)`,
    `export const a = 1`,
    `export { a }; const a = 1`,
    `path.resolve('a')`,
  ])('finds nothing in %s', (text) => {
    expect(importsOf('x.ts', text)).toEqual([])
  })

  it('reads JavaScript and JSX, too', () => {
    expect(importsOf('x.mjs', `import a from 'a'`)).toHaveLength(1)
    expect(importsOf('x.tsx', `import a from 'a'; export const A = () => <b>{import('c')}</b>`)).toHaveLength(2)
  })

  it('says which file it cannot read', () => {
    expect(() => importsOf('core/x.ts', 'import {')).toThrow('core/x.ts cannot be parsed')
  })
})
