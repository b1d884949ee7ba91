import { readFileSync } from 'node:fs'
import path from 'node:path'

/** contract/wire/conformance/README.md says what these are. */
export interface ConformanceStep {
  readonly command: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly expect: Readonly<Record<string, unknown>>
  readonly keep?: string
  readonly answers?: readonly (string | null)[]
}

export interface ConformanceCase {
  readonly name: string
  readonly needs?: readonly string[]
  readonly raw?: boolean
  readonly steps: readonly ConformanceStep[]
}

export interface ConformanceGroup {
  readonly name: string
  readonly cases: readonly ConformanceCase[]
}

const file = path.resolve(import.meta.dirname, '../../../contract/wire/conformance/cases.json')

export const groups = (JSON.parse(readFileSync(file, 'utf8')) as { groups: readonly ConformanceGroup[] }).groups
