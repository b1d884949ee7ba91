import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { localPython } from '../../tools/test-python.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { failureOf, leftovers, recordJob, workplace } from './workplace.ts'

const real = localPython()
const version = execFileSync(real, ['-I', '-c', 'import platform; print(platform.python_version())'], {
  encoding: 'utf8',
}).trim()

/** A copy of a real Python's program that no discovery comes across: still a Python, with its library where it was. */
function hiddenPython(): string {
  const folder = path.join(tempFolder(), 'à moi', 'bin')
  mkdirSync(folder, { recursive: true })
  const target = path.join(folder, 'python3')
  const prefix = execFileSync(real, ['-I', '-c', 'import sys; print(sys.base_prefix)'], { encoding: 'utf8' }).trim()
  cpSync(realpathSync(real), target)
  symlinkSync(path.join(prefix, 'lib'), path.join(folder, '..', 'lib'))
  return target
}

it('takes the best Python of this machine, and copies nothing', async () => {
  const place = workplace({ env: { PATH: path.dirname(real) } })
  const taken = await place.install({ kind: 'system' })
  expect(taken).toMatchObject({ source: 'system', state: 'ready', isDefault: true })
  expect(await place.settings.get()).toMatchObject({ defaultRuntime: taken.id, extraRuntimes: [] })
  expect(await place.runtimes.default()).toEqual(taken)
  expect(leftovers(place)).toMatchObject({ runtimes: [], cache: [], staging: [] })
})

it('takes the one at a path, file or folder, that discovery knows', async () => {
  for (const where of [real, path.dirname(real)]) {
    const place = workplace({ env: { PATH: path.dirname(real) } })
    expect((await place.install({ kind: 'system', path: where })).source).toBe('system')
    expect((await place.settings.get()).extraRuntimes).toEqual([])
  }
})

it('keeps one that discovery does not know in the settings, once', async () => {
  const hidden = hiddenPython()
  const place = workplace()
  const taken = await place.install({ kind: 'system', path: hidden })
  expect(taken).toMatchObject({ origin: 'user', version, executable: hidden, isDefault: true, state: 'ready' })
  expect(await place.install({ kind: 'system', path: path.join(path.dirname(hidden), '..') })).toEqual(taken)
  expect((await place.settings.get()).extraRuntimes).toEqual([hidden])

  rmSync(hidden)
  const later = workplace({ home: path.dirname(place.home) })
  const gone = (await later.runtimes.list()).find((runtime) => runtime.origin === 'user')
  expect(gone).toMatchObject({
    state: 'broken',
    problem: { code: 'PYTHON_BROKEN', message: expect.stringContaining(hidden) as string },
  })
  expect((await later.runtimes.list()).find((runtime) => runtime.isDefault)?.origin).not.toBe('user')
})

it('refuses a virtual environment, and names what it stands on', async () => {
  const folder = path.join(tempFolder(), 'venv')
  execFileSync(real, ['-I', '-m', 'venv', '--without-pip', folder])
  const failure = await failureOf(workplace().install({ kind: 'system', path: folder }))
  expect(failure).toMatchObject({
    code: 'UNSUPPORTED',
    message: expect.stringContaining('virtual environment') as string,
  })
})

it('says what is wrong with a path or a version', async () => {
  const place = workplace({ env: { PATH: path.dirname(real) } })
  const folder = tempFolder()
  const failing = (where: string) => failureOf(place.install({ kind: 'system', path: where }))
  expect((await failing(path.join(folder, 'python'))).code).toBe('PYTHON_MISSING')
  expect((await failing(folder)).code).toBe('PYTHON_MISSING')
  expect((await failing('python3')).code).toBe('INVALID_PARAMS')
  expect((await failing('/bin/ls')).code).toBe('PYTHON_BROKEN')
  const wanted = (request: { version: string; path?: string }) => {
    const { version: asked, ...source } = request
    return failureOf(
      place.runtimes.install({ version: asked, source: { kind: 'system', ...source }, makeDefault: true }, recordJob()),
    )
  }
  expect((await wanted({ version: '3.4', path: real })).code).toBe('INVALID_PARAMS')
  expect(await wanted({ version: '3.4' })).toMatchObject({
    code: 'PYTHON_MISSING',
    hint: expect.stringContaining(version) as string,
  })
  expect((await place.settings.get()).extraRuntimes).toEqual([])
})

it('does not remove what belongs to the machine, nor know what is not there', async () => {
  const place = workplace({ env: { PATH: path.dirname(real) } })
  const taken = await place.install({ kind: 'system' })
  expect((await failureOf(place.runtimes.remove(taken.id, [], recordJob()))).code).toBe('PROTECTED')
  expect((await failureOf(place.runtimes.remove('cpython-3.1.0-linux', [], recordJob()))).code).toBe('NOT_FOUND')
  expect((await failureOf(place.runtimes.get('../../etc'))).code).toBe('NOT_FOUND')
  expect((await failureOf(place.runtimes.setDefault('system-3.1.0-00000000'))).code).toBe('NOT_FOUND')
})
