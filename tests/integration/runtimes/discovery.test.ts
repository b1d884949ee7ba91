import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Runtime } from '../../../contract/index.ts'
import { localPython } from '../../tools/test-python.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { probeAnswer as answer } from './probe-answer.ts'
import { workplace } from './workplace.ts'
import type { Workplace } from './workplace.ts'

const real = localPython()

/** A program in the place of a Python, in the versions folder of this test's pyenv. It notes each of its starts. */
function fakePython(
  place: Workplace,
  name: string,
  script: string,
): { readonly file: string; readonly starts: () => number } {
  const folder = path.join(place.env['HOME'] ?? '', '.pyenv', 'versions', name)
  const file = path.join(folder, 'bin', 'python3')
  const note = path.join(folder, 'starts')
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\necho x >> '${note}'\n${script}\n`)
  chmodSync(file, 0o755)
  return {
    file,
    starts: () => {
      try {
        return readFileSync(note, 'utf8').split('\n').length - 1
      } catch {
        return 0
      }
    },
  }
}

function pick(runtimes: readonly Runtime[], origin: Runtime['origin']): Runtime[] {
  return runtimes.filter((runtime) => runtime.origin === origin)
}

it('finds a real Python, and says what it is', async () => {
  const place = workplace({ env: { PATH: path.dirname(real) } })
  const found = (await place.runtimes.list()).filter((runtime) => runtime.state === 'ready')
  const version = execFileSync(real, ['-I', '-c', 'import platform; print(platform.python_version())'], {
    encoding: 'utf8',
  }).trim()
  const mine = found.find((runtime) => runtime.version === version)
  expect(mine).toMatchObject({
    id: expect.stringMatching(new RegExp(`^system-${version}-[\\da-f]{8}$`, 'u')) as string,
    implementation: 'cpython',
    source: 'system',
    probe: { version, bits: 64, hasSsl: true, freeThreaded: false },
  })
  expect(found.filter((runtime) => runtime.isDefault)).toHaveLength(1)
  expect(await place.runtimes.default()).toEqual(found.find((runtime) => runtime.isDefault))
  expect(await place.runtimes.get(mine!.id)).toEqual(mine)
})

it('lists a broken one with its reason and evidence, and finds the others all the same', async () => {
  const place = workplace()
  fakePython(place, 'broken', 'echo "error while loading shared libraries: libpython3.12.so" >&2; exit 127')
  fakePython(place, 'silent', 'exit 0')
  fakePython(place, 'odd', `echo '@beep-interpreter {"facts": {"version": 3}, "missing": {}}'`)
  fakePython(place, 'two', 'echo "Unknown option: -I" >&2; exit 2')
  fakePython(place, 'old', answer({ version: '3.8.20' }))
  fakePython(place, 'glibc', 'echo "python: /lib/libc.so.6: version \\`GLIBC_2.99\' not found" >&2; exit 1')
  const listed = pick(await place.runtimes.list(), 'pyenv')
  const problem = (name: string) => listed.find((runtime) => runtime.executable.includes(`/${name}/`))?.problem
  expect(listed.map((runtime) => runtime.state)).toEqual(Array.from({ length: 6 }, () => 'broken'))
  expect(problem('broken')).toMatchObject({
    code: 'PYTHON_BROKEN',
    message: expect.stringContaining('ended with exit code 127: error while loading shared libraries') as string,
    details: { exitCode: 127, argv: expect.arrayContaining(['-I', '-B']) as string[] },
  })
  expect(problem('silent')?.message).toContain('did not answer as a Python does')
  expect(problem('odd')?.details).toHaveProperty('issues')
  expect(problem('two')?.message).toContain('older than 3.4; 3.9 or newer is needed')
  expect(problem('old')).toMatchObject({
    code: 'PYTHON_BROKEN',
    message: expect.stringContaining('3.8.20; 3.9 or newer') as string,
  })
  expect(problem('glibc')).toMatchObject({
    code: 'WRONG_PLATFORM',
    message: expect.stringContaining('GLIBC 2.99') as string,
  })
})

it('gives one that hangs five seconds, and lists it so', async () => {
  const place = workplace()
  fakePython(place, 'hanging', 'sleep 600')
  const started = performance.now()
  const [hanging] = pick(await place.runtimes.list(), 'pyenv')
  expect(hanging).toMatchObject({
    state: 'broken',
    problem: { code: 'PYTHON_BROKEN', message: expect.stringContaining('5 s') as string },
  })
  expect(performance.now() - started).toBeGreaterThan(4900)
})

it('asks an interpreter once, until its file changes or somebody wants it fresh', async () => {
  const place = workplace()
  mkdirSync(place.layout.cache, { recursive: true })
  const fake = fakePython(place, 'fake', answer({ version: '3.12.99' }))
  const fresh = () => workplace({ home: path.dirname(place.home) }).runtimes
  const versions = async (runtimes = fresh(), refresh = false) =>
    pick(await runtimes.list({ refresh }), 'pyenv').map(({ version }) => version)
  expect(await versions()).toEqual(['3.12.99'])
  expect(await versions()).toEqual(['3.12.99'])
  expect(fake.starts()).toBe(1)
  expect(await versions(fresh(), true)).toEqual(['3.12.99'])
  expect(fake.starts()).toBe(2)
  utimesSync(fake.file, new Date(), new Date(Date.now() + 5000))
  expect(await versions()).toEqual(['3.12.99'])
  expect(fake.starts()).toBe(3)
  writeFileSync(path.join(place.layout.cache, 'interpreters.json'), '{ damaged')
  expect(await versions()).toEqual(['3.12.99'])
  expect(fake.starts()).toBe(4)
})

it('passes over virtual environments, shims and its own environments', async () => {
  const place = workplace()
  const user = place.env['HOME'] ?? ''
  const environment = path.join(user, '.pyenv', 'versions', 'virtuel')
  execFileSync(real, ['-I', '-m', 'venv', '--without-pip', environment])
  // One that hides what it is: the interpreter itself tells.
  fakePython(place, 'disguised', answer({ prefix: '/somewhere/environment' }))
  const shims = path.join(user, '.pyenv', 'shims')
  mkdirSync(shims)
  symlinkSync(real, path.join(shims, 'python3'))
  const own = path.join(place.layout.environments, 'demo', 'bin')
  mkdirSync(own, { recursive: true })
  writeFileSync(path.join(own, 'python3'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  const other = workplace({ home: path.dirname(place.home), env: { PATH: `${shims}:${own}:${environment}/bin` } })
  const listed = await other.runtimes.list()
  expect(listed.filter((runtime) => ['pyenv', 'path'].includes(runtime.origin))).toEqual([])
})

it('does not make a data root only because somebody looks', async () => {
  const place = workplace()
  await place.runtimes.list()
  expect(() => readFileSync(place.home)).toThrow(/ENOENT/u)
})

it('is not led astray by what the shell carries', async () => {
  const place = workplace({
    env: { PATH: path.dirname(real), PYTHONHOME: '/nowhere', PYTHONPATH: tempFolder(), PYTHONSTARTUP: '/nowhere' },
  })
  expect((await place.runtimes.list()).some((runtime) => runtime.state === 'ready')).toBe(true)
})
