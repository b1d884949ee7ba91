import { describe, expect, it } from 'vitest'
import { childEnvironment } from '../../../../core/platform/index.ts'

const poisoned = {
  PATH: '/usr/bin',
  HOME: '/home/é x',
  LANG: 'de_AT.UTF-8',
  LC_ALL: 'C',
  HTTPS_PROXY: 'http://proxy:1',
  https_proxy: 'http://proxy:2',
  no_proxy: 'localhost',
  SSL_CERT_FILE: '/ca.pem',
  CUDA_VISIBLE_DEVICES: '0',
  PYTHONHOME: '/poison',
  PYTHONPATH: '/poison',
  PYTHONSTARTUP: '/poison',
  PYTHONUTF8: '0',
  PYTHONIOENCODING: 'latin-1',
  VIRTUAL_ENV: '/poison',
  CONDA_PREFIX: '/poison',
  CONDA_DEFAULT_ENV: 'base',
  __PYVENV_LAUNCHER__: '/poison',
  LD_PRELOAD: '/poison',
  NODE_OPTIONS: '--inspect',
  ELECTRON_RUN_AS_NODE: '1',
  AWS_SECRET_ACCESS_KEY: 'secret',
  EMPTY: '',
  TZ: '',
  PIP_INDEX_URL: 'https://mirror.invalid/simple',
  PIP_TARGET: '/poison',
  PIP_USER: '1',
  PIP_REQUIRE_VIRTUALENV: '1',
  UV_INDEX_URL: 'https://mirror.invalid/simple',
  UV_PYTHON: '/poison',
  UV_PYTHON_INSTALL_MIRROR: 'https://mirror.invalid/python',
  UV_WORKING_DIRECTORY: '/poison',
}

describe('the environment of a child', () => {
  it('holds what a program needs, and no more', () => {
    expect(childEnvironment(poisoned, 'linux')).toStrictEqual({
      PATH: '/usr/bin',
      HOME: '/home/é x',
      LANG: 'de_AT.UTF-8',
      LC_ALL: 'C',
      HTTPS_PROXY: 'http://proxy:1',
      https_proxy: 'http://proxy:2',
      no_proxy: 'localhost',
      SSL_CERT_FILE: '/ca.pem',
      CUDA_VISIBLE_DEVICES: '0',
      PYTHONUTF8: '1',
      PYTHONNOUSERSITE: '1',
    })
  })

  it("honours the user's installer settings where an installer runs, but none that send the packages elsewhere", () => {
    const names = Object.keys(childEnvironment(poisoned, 'linux', { installer: true }))
    expect(names.filter((name) => /^(PIP|UV)_/u.test(name))).toEqual([
      'PIP_INDEX_URL',
      'UV_INDEX_URL',
      'UV_PYTHON_INSTALL_MIRROR',
    ])
  })

  it('takes names in any case on Windows, and keeps theirs', () => {
    const env = {
      Path: 'C:\\Windows',
      SystemRoot: 'C:\\Windows',
      'ProgramFiles(x86)': 'C:\\P',
      PythonHome: 'C:\\poison',
    }
    expect(childEnvironment(env, 'win32')).toMatchObject({
      Path: 'C:\\Windows',
      SystemRoot: 'C:\\Windows',
      'ProgramFiles(x86)': 'C:\\P',
    })
    expect(childEnvironment(env, 'win32')).not.toHaveProperty('PythonHome')
    expect(childEnvironment(env, 'linux')).not.toHaveProperty('Path')
  })

  it('drops installer poison in any case on Windows', () => {
    const env = { Pip_Target: 'C:\\poison', pip_index_url: 'https://mirror.invalid' }
    const result = childEnvironment(env, 'win32', { installer: true })
    expect(result).not.toHaveProperty('Pip_Target')
    expect(result).toHaveProperty('pip_index_url')
  })

  it('ends with what the caller sets or removes', () => {
    const extra = { BEEP_TOKEN_FILE: '/x', PYTHONNOUSERSITE: undefined, PATH: '/only' }
    expect(childEnvironment({ PATH: '/usr/bin', TERM: 'xterm' }, 'linux', { extra })).toStrictEqual({
      PATH: '/only',
      TERM: 'xterm',
      PYTHONUTF8: '1',
      BEEP_TOKEN_FILE: '/x',
    })
  })

  it('never holds one Windows name in two spellings', () => {
    const result = childEnvironment({ Path: 'C:\\Windows' }, 'win32', { extra: { PATH: 'C:\\mine' } })
    expect(Object.keys(result).filter((name) => name.toUpperCase() === 'PATH')).toEqual(['PATH'])
    expect(result['PATH']).toBe('C:\\mine')
  })
})
