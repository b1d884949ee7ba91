import { describe, expect, it } from 'vitest'
import { allowed, forbidden } from './arrow-cases.ts'
import { importProblem } from './arrows.ts'

describe('the arrows', () => {
  it.each(allowed)('let %s import %s', (file, specifier) => {
    expect(importProblem(file, specifier)).toBeUndefined()
  })

  it.each(forbidden)('do not let %s import %s', (file, specifier, why) => {
    expect(importProblem(file, specifier)).toMatch(why)
  })
})
