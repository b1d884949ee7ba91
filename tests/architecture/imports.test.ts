import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { importProblem, isConfig, roomOf } from './arrows.ts'
import { importsOf } from './imports-of.ts'
import { root, sourceFiles, textOf } from './source-files.ts'

const code = sourceFiles().filter((file) => /\.[cm]?[jt]sx?$/u.test(file))
const graph = new Map(code.map((file) => [file, importsOf(file, textOf(file))]))
const target = (file: string, specifier: string) => path.posix.join(path.posix.dirname(file), specifier)

describe('the imports of this repository', () => {
  it('follow the arrows', () => {
    const problems: string[] = []
    for (const [file, imports] of graph) {
      for (const specifier of imports) {
        const problem = importProblem(file, specifier)
        if (problem !== undefined) problems.push(`${file} imports ${specifier}: ${problem}`)
      }
    }
    expect(problems).toEqual([])
  })

  it('name files that exist, with their endings', () => {
    const missing: string[] = []
    for (const [file, imports] of graph) {
      for (const specifier of imports) {
        // What stands behind a question mark tells the bundler how to take it.
        const [wanted = ''] = specifier.split('?')
        if (wanted.startsWith('.') && !existsSync(path.join(root, target(file, wanted)))) {
          missing.push(`${file} imports ${specifier}`)
        }
      }
    }
    expect(missing).toEqual([])
  })

  // Of types, too: what knows each other both ways cannot be read, moved or tested one without the other.
  it('do not go round in circles', () => {
    const circles: string[] = []
    const done = new Set<string>()
    const visit = (file: string, trail: readonly string[]) => {
      const at = trail.indexOf(file)
      if (at !== -1) circles.push([...trail.slice(at), file].join(' -> '))
      if (at !== -1 || done.has(file)) return
      for (const specifier of graph.get(file) ?? []) {
        if (specifier.startsWith('.')) visit(target(file, specifier), [...trail, file])
      }
      done.add(file)
    }
    for (const file of graph.keys()) visit(file, [])
    expect(circles).toEqual([])
  })

  it('have a rule for each folder that holds code', () => {
    const elsewhere = code.filter((file) => file.includes('/') && !isConfig(file) && roomOf(file) === undefined)
    const folders = new Set(elsewhere.map((file) => file.split('/')[0]))
    // Not part of the product: these may import what they need.
    for (const folder of ['tests', 'docs']) folders.delete(folder)
    expect([...folders]).toEqual([])
  })
})
