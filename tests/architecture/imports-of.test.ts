import { describe, expect, it } from 'vitest'
import { importsOf } from './imports-of.ts'

describe('the import scanner', () => {
  it.each([
    [`import a from './a.ts'`, './a.ts', false],
    [`import './a.ts'`, './a.ts', false],
    [`import * as a from "node:fs"`, 'node:fs', false],
    [`import { a, type B } from './a.ts'`, './a.ts', false],
    [`import type { A } from './a.ts'`, './a.ts', true],
    [`import { type A, type B } from './a.ts'`, './a.ts', true],
    [`import j from './j.json' with { type: 'json' }`, './j.json', false],
    [`export * from './a.ts'`, './a.ts', false],
    [`export * as a from './a.ts'`, './a.ts', false],
    [`export { a } from './a.ts'`, './a.ts', false],
    [`export type { A } from './a.ts'`, './a.ts', true],
    [`export type * from './a.ts'`, './a.ts', true],
    ['const a = await import(`./a.ts`)', './a.ts', false],
    [`function f() { if (x) return import('./a.ts') }`, './a.ts', false],
    [`type A = Promise<import('./a.ts').A[]>`, './a.ts', true],
    [`import a = require('a')`, 'a', false],
    [`const a = require('a')`, 'a', false],
    [`const a = require.resolve('a')`, 'a', false],
    [`const a = import.meta.resolve('a')`, 'a', false],
    [`new Worker(new URL('./a.ts', import.meta.url))`, './a.ts', false],
  ])('finds %s', (text, specifier, isType) => {
    expect(importsOf('x.ts', text)).toEqual([{ specifier, isType, isDeferred: expect.any(Boolean) }])
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

  it('tells what is loaded before the code runs', () => {
    const text = `import a from 'a'; export * from 'b'; await import('c'); require('d')`
    expect(importsOf('x.ts', text).map((one) => [one.specifier, one.isDeferred])).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
      ['d', true],
    ])
  })

  it('reads JavaScript and JSX, too', () => {
    expect(importsOf('x.mjs', `import a from 'a'`)).toHaveLength(1)
    expect(importsOf('x.tsx', `import a from 'a'; export const A = () => <b>{import('c')}</b>`)).toHaveLength(2)
  })

  it('says which file it cannot read', () => {
    expect(() => importsOf('core/x.ts', 'import {')).toThrow('core/x.ts cannot be parsed')
  })
})
