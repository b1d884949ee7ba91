import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { enginePlace } from '../../../core/engine-place.ts'
import { layoutOf } from '../../../core/platform/index.ts'
import type { Layout } from '../../../core/platform/index.ts'

let folder: string
let layout: Layout
let source: string
const said: string[] = []

const place = (isInstalled = true) => enginePlace(layout, { source, isInstalled, log: (text) => said.push(text) })
const write = (root: string, name: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
  writeFileSync(path.join(root, name), text)
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'bé p')))
  layout = layoutOf(path.join(folder, 'home'))
  mkdirSync(layout.home, { mode: 0o700 })
  source = path.join(folder, 'app', 'python', 'src')
  said.length = 0
  write(source, 'beep_engine/__main__.py', 'print(1)')
  write(source, 'beep_engine/__pycache__/__main__.cpython-399.pyc', 'stale')
  write(source, 'offered/beep_host.py', 'pass')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('in the source Python starts where the code lies', async () => {
  expect(await place(false)).toBe(path.join(source, 'beep_engine', '__main__.py'))
  expect(existsSync(layout.engine)).toBe(false)
})

test('what was installed is copied once, and what Python compiles stays beside the copy', async () => {
  const program = await place()
  const copy = path.dirname(path.dirname(program))
  expect(path.dirname(copy)).toBe(layout.engine)
  expect(readFileSync(program, 'utf8')).toBe('print(1)')
  expect(existsSync(path.join(copy, 'offered', 'beep_host.py'))).toBe(true)
  expect(existsSync(path.join(copy, 'beep_engine', '__pycache__'))).toBe(false)

  write(copy, 'beep_engine/__pycache__/__main__.cpython-399.pyc', 'compiled')
  expect(await place()).toBe(program)
  expect(readdirSync(path.join(copy, 'beep_engine', '__pycache__'))).toHaveLength(1)
  expect(readdirSync(layout.staging)).toEqual([])
  expect(said).toEqual([])
})

test('another version takes the place of the one before', async () => {
  const before = await place()
  write(source, 'beep_engine/__main__.py', 'print(2)')
  const after = await place()
  expect(readFileSync(after, 'utf8')).toBe('print(2)')
  expect(existsSync(before)).toBe(false)
  expect(readdirSync(layout.engine)).toHaveLength(1)
})

test('a copy that is not whole is made anew', async () => {
  const program = await place()
  writeFileSync(program, '')
  expect(await place()).toBe(program)
  expect(readFileSync(program, 'utf8')).toBe('print(1)')
})

test('where it cannot be copied it is used where it is, and the log says so', async () => {
  writeFileSync(layout.engine, 'a file in its way')
  expect(await place()).toBe(path.join(source, 'beep_engine', '__main__.py'))
  expect(said.join()).toMatch(/start slowly.*engine/u)
})
