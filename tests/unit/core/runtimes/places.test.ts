import { describe, expect, it } from 'vitest'
import { envValue, placesOf } from '../../../../core/runtimes/discovery/places.ts'
import type { Place } from '../../../../core/runtimes/discovery/places.ts'

/** `origin kind path` of each place, in order. */
function told(places: readonly Place[]): string[] {
  return places.map(({ origin, kind, path, ...rest }) =>
    [origin, kind, path, 'prefix' in rest ? rest.prefix : ''].join(' ').trim(),
  )
}

describe('on Linux', () => {
  const env = { PATH: '/home/zoë/.pyenv/shims:/home/zoë/bin:/usr/bin::relative:/opt/asdf/shims' }
  const around = { platform: 'linux', env, home: '/home/zoë', named: ['/opt/my python/bin/python'] } as const

  it('looks where the tools put theirs, on the path, and in the usual folders', () => {
    expect(told(placesOf(around))).toEqual([
      'user named /opt/my python/bin/python',
      'uv installations /home/zoë/.local/share/uv/python cpython-',
      'pyenv installations /home/zoë/.pyenv/versions',
      'pyenv installations /home/zoë/.asdf/installs/python',
      'pyenv installations /home/zoë/.local/share/mise/installs/python',
      'conda register /home/zoë/.conda/environments.txt',
      ...['miniconda3', 'anaconda3', 'miniforge3', 'mambaforge', 'micromamba'].flatMap((name) => [
        `conda installation /home/zoë/${name}`,
        `conda installations /home/zoë/${name}/envs`,
      ]),
      ...[
        '/opt/conda',
        '/opt/miniconda3',
        '/opt/anaconda3',
        '/opt/miniforge3',
        '/opt/homebrew/Caskroom/miniconda/base',
        '/opt/homebrew/Caskroom/miniforge/base',
      ].flatMap((root) => [`conda installation ${root}`, `conda installations ${root}/envs`]),
      'homebrew programs /home/linuxbrew/.linuxbrew/bin',
      'path programs /home/zoë/bin',
      'path programs /usr/bin',
      'system programs /usr/local/bin',
      'system programs /usr/bin',
    ])
  })

  it('follows the variables that move those folders', () => {
    const moved = {
      PYENV_ROOT: '/srv/py',
      UV_PYTHON_INSTALL_DIR: '/srv/uv',
      XDG_DATA_HOME: '/data',
      ASDF_DATA_DIR: '/srv/asdf',
      CONDA_PREFIX: '/srv/conda/envs/active',
      PATH: '/srv/py/shims/:/srv/asdf/shims:/srv/other/shims',
    }
    const places = told(placesOf({ ...around, env: moved, named: [] }))
    expect(places.slice(0, 5)).toEqual([
      'uv installations /srv/uv cpython-',
      'pyenv installations /srv/py/versions',
      'pyenv installations /srv/asdf/installs/python',
      'pyenv installations /data/mise/installs/python',
      'conda installation /srv/conda/envs/active',
    ])
    expect(places.filter((place) => place.startsWith('path'))).toEqual(['path programs /srv/other/shims'])
  })
})

describe('on macOS', () => {
  const env = { PATH: '/usr/bin:/usr/bin/:/Users/zoë/.local/share/mise/shims:/bin' }
  const places = told(placesOf({ platform: 'darwin', env, home: '/Users/zoë', named: [] }))

  it('never asks the stub that would open a dialog', () => {
    expect(places.filter((place) => /programs \/usr\/bin/u.test(place))).toEqual([])
    expect(places.filter((place) => place.startsWith('path'))).toEqual(['path programs /bin'])
  })

  it('looks into Homebrew, the frameworks and the command line tools, whatever the path of a desktop program is', () => {
    expect(places).toEqual(
      expect.arrayContaining([
        'homebrew programs /opt/homebrew/bin',
        'homebrew installations /opt/homebrew/opt python@',
        'homebrew installations /usr/local/opt python@',
        'framework installations /Library/Frameworks/Python.framework/Versions',
        'system programs /usr/local/bin',
        'system programs /Library/Developer/CommandLineTools/usr/bin',
        'system programs /Applications/Xcode.app/Contents/Developer/usr/bin',
        'uv installations /Users/zoë/.local/share/uv/python cpython-',
      ]),
    )
  })
})

describe('on Windows', () => {
  const env = {
    Path: '"C:\\Program Files\\Python312";C:\\Users\\Zoë\\.pyenv\\pyenv-win\\shims;D:\\tools;tools',
    LocalAppData: 'C:\\Users\\Zoë\\AppData\\Local',
    APPDATA: 'C:\\Users\\Zoë\\AppData\\Roaming',
    ProgramData: 'C:\\ProgramData',
  }
  const places = told(placesOf({ platform: 'win32', env, home: 'C:\\Users\\Zoë', named: [] }))

  it('reads variables whatever their case, and paths with quotes', () => {
    expect(envValue({ env, platform: 'win32' }, 'PATH')).toBe(env.Path)
    expect(envValue({ env, platform: 'linux' }, 'PATH')).toBeUndefined()
    expect(places.filter((place) => place.startsWith('path'))).toEqual([
      'path programs C:\\Program Files\\Python312',
      'path programs D:\\tools',
    ])
  })

  it('looks into the folders of the tools, the Store and the installer', () => {
    expect(places).toEqual(
      expect.arrayContaining([
        'uv installations C:\\Users\\Zoë\\AppData\\Roaming\\uv\\python cpython-',
        'uv installations C:\\Users\\Zoë\\AppData\\Roaming\\uv\\data\\python cpython-',
        'pyenv installations C:\\Users\\Zoë\\.pyenv\\pyenv-win\\versions',
        'conda installation C:\\Users\\Zoë\\miniconda3',
        'conda installation C:\\ProgramData\\miniconda3',
        'conda register C:\\Users\\Zoë\\.conda\\environments.txt',
        'store installations C:\\Users\\Zoë\\AppData\\Local\\Microsoft\\WindowsApps PythonSoftwareFoundation.Python.3',
        'registry installations C:\\Users\\Zoë\\AppData\\Local\\Programs\\Python Python3',
      ]),
    )
    expect(places.some((place) => place.includes('/'))).toBe(false)
  })
})
