import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import {
  candidatesIn,
  installationExecutables,
  interpreterAt,
  interpreterNames,
  isStoreStub,
} from '../../../../core/runtimes/discovery/candidates.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

it('picks interpreters out of a folder of programs, the most exact and newest names first', () => {
  const names = [
    'python',
    'python3',
    'python3.9',
    'python3.13',
    'python3.13t',
    'python3-config',
    'python2.7',
    'pythonw',
    'ipython3',
    'python3.12.exe',
  ]
  expect(interpreterNames(names, 'linux')).toEqual(['python3.13', 'python3.13t', 'python3.9', 'python3', 'python'])
  expect(interpreterNames(['Python.exe', 'python3.12.exe', 'pythonw.exe', 'python3.exe', 'python3'], 'win32')).toEqual([
    'python3.12.exe',
    'python3.exe',
    'Python.exe',
  ])
})

it('knows where an installation has its interpreter', () => {
  expect(installationExecutables('/opt/py', 'darwin')).toEqual(['/opt/py/bin/python3', '/opt/py/bin/python'])
  expect(installationExecutables('C:\\py', 'win32')).toEqual(['C:\\py\\python.exe'])
})

it('tells the placeholder of the Store from an installed Python', () => {
  const apps = 'C:\\Users\\Zoë\\AppData\\Local\\Microsoft\\WindowsApps'
  expect(isStoreStub(`${apps}\\python3.exe`, 0)).toBe(true)
  expect(isStoreStub(`${apps}\\PythonSoftwareFoundation.Python.3.12_qbz5n2kfra8p0\\python.exe`, 0)).toBe(false)
  expect(isStoreStub(`${apps}\\python3.exe`, 100)).toBe(false)
  expect(isStoreStub('C:\\Python\\python.exe', 0)).toBe(false)
})

function program(...parts: string[]): string {
  const file = path.join(...parts)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 })
  return file
}

it.skipIf(process.platform === 'win32')('names each interpreter once, with the origin that comes first', async () => {
  const base = tempFolder()
  const real = program(base, 'versions', '3.12.1', 'bin', 'python3.12')
  symlinkSync('python3.12', path.join(path.dirname(real), 'python3'))
  symlinkSync('3.12.1', path.join(base, 'versions', '3.12'))
  mkdirSync(path.join(base, 'path'))
  symlinkSync(real, path.join(base, 'path', 'python3'))
  symlinkSync(path.join(base, 'nowhere'), path.join(base, 'path', 'python3.11'))
  const found = await candidatesIn(
    [
      { kind: 'installations', origin: 'pyenv', path: path.join(base, 'versions') },
      { kind: 'programs', origin: 'path', path: path.join(base, 'path') },
      { kind: 'programs', origin: 'system', path: path.join(base, 'none') },
    ],
    'linux',
  )
  expect(found).toMatchObject([{ origin: 'pyenv', realpath: real }])
})

it.skipIf(process.platform === 'win32')(
  'reads the register of conda, and leaves virtual environments out',
  async () => {
    const base = tempFolder()
    const conda = program(base, 'conda ënv', 'bin', 'python')
    program(base, 'venv', 'bin', 'python')
    writeFileSync(path.join(base, 'venv', 'pyvenv.cfg'), 'home = /usr/bin\n')
    program(base, 'envs', 'one', 'bin', 'python')
    program(base, 'envs', '.hidden', 'bin', 'python')
    program(base, 'envs', 'python@3.12', 'bin', 'python3')
    const register = path.join(base, 'environments.txt')
    writeFileSync(register, `${path.join(base, 'conda ënv')}\r\n\nrelative\n${path.join(base, 'gone')}\n`)
    const found = await candidatesIn(
      [
        { kind: 'register', origin: 'conda', path: register },
        { kind: 'installation', origin: 'path', path: path.join(base, 'venv') },
        { kind: 'executable', origin: 'registry', path: path.join(base, 'venv', 'bin', 'python') },
        { kind: 'installations', origin: 'homebrew', path: path.join(base, 'envs'), prefix: 'python@' },
      ],
      'linux',
    )
    expect(found).toMatchObject([
      { origin: 'conda', executable: conda },
      { origin: 'homebrew', executable: path.join(base, 'envs', 'python@3.12', 'bin', 'python3') },
    ])
  },
)

it.skipIf(process.platform === 'win32')('reports what the user named, there or not', async () => {
  const base = tempFolder()
  const real = program(base, 'bin', 'python3.12')
  program(base, 'bin', 'python')
  const missing = path.join(base, 'gone', 'python')
  const found = await candidatesIn(
    [
      { kind: 'named', origin: 'user', path: base },
      { kind: 'named', origin: 'user', path: missing },
    ],
    'linux',
  )
  expect(found).toEqual([
    { origin: 'user', executable: real, realpath: real },
    { origin: 'user', missing },
  ])
  expect(await interpreterAt(path.join(base, 'bin'), 'linux')).toMatchObject({ executable: real })
  expect(await interpreterAt(tempFolder(), 'linux')).toBeUndefined()
})
