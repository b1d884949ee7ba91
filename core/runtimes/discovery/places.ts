import path from 'node:path'
import type { Runtime } from '../../../contract/index.ts'

export type RuntimeOrigin = Runtime['origin']

/** A spot where Pythons may lie. Decided here, looked at in candidates.ts. */
export type Place =
  /** A folder with programs, some of them perhaps called python. */
  | { readonly kind: 'programs'; readonly origin: RuntimeOrigin; readonly path: string }
  /** The folder of one installation. */
  | { readonly kind: 'installation'; readonly origin: RuntimeOrigin; readonly path: string }
  /** A folder with one installation in each of its folders (whose names start with `prefix`). */
  | { readonly kind: 'installations'; readonly origin: RuntimeOrigin; readonly path: string; readonly prefix?: string }
  /** One file. */
  | { readonly kind: 'executable'; readonly origin: RuntimeOrigin; readonly path: string }
  /** A text file with the folder of one installation on each line. */
  | { readonly kind: 'register'; readonly origin: RuntimeOrigin; readonly path: string }
  /** What the user named: an interpreter, or the folder of an installation. Reported even when there is none. */
  | { readonly kind: 'named'; readonly origin: 'user'; readonly path: string }

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  /** Interpreters from the settings. */
  readonly named: readonly string[]
}

/** Windows does not care for the case of a name, and a copied environment no longer does that by itself. */
export function envValue({ env, platform }: Pick<Surroundings, 'env' | 'platform'>, name: string): string | undefined {
  if (env[name]) return env[name]
  if (platform !== 'win32') return undefined
  return Object.entries(env).find(([key, value]) => key.toUpperCase() === name.toUpperCase() && value)?.[1]
}

/**
 * Where to look, best-known places first: the first place that knows an interpreter gives it its origin. No folder is touched.
 * The registry and the launcher of Windows are asked beside these (windows.ts).
 */
export function placesOf(around: Surroundings): readonly Place[] {
  const named = around.named.map((file): Place => ({ kind: 'named', origin: 'user', path: file }))
  const own = around.platform === 'win32' ? windowsPlaces(around) : unixPlaces(around)
  return [...named, ...toolPlaces(around), ...own, ...searchPath(around), ...systemFolders(around)]
}

function joinOf(platform: NodeJS.Platform): (...parts: string[]) => string {
  return platform === 'win32' ? path.win32.join : path.posix.join
}

/** uv, pyenv, asdf, mise and conda: their own folders, which their shims on the search path only point into. */
function toolPlaces(around: Surroundings): Place[] {
  const { home, platform } = around
  const join = joinOf(platform)
  const value = (name: string) => envValue(around, name)
  const data = value('XDG_DATA_HOME') ?? join(home, '.local', 'share')
  const roaming = value('APPDATA') ?? join(home, 'AppData', 'Roaming')
  const isWindows = platform === 'win32'

  const uv = value('UV_PYTHON_INSTALL_DIR')
  const uvFolders = uv
    ? [uv]
    : isWindows
      ? [join(roaming, 'uv', 'python'), join(roaming, 'uv', 'data', 'python')]
      : [join(data, 'uv', 'python')]
  const pyenv = value('PYENV_ROOT') ?? (isWindows ? join(home, '.pyenv', 'pyenv-win') : join(home, '.pyenv'))
  const versions = [
    join(pyenv, 'versions'),
    join(value('ASDF_DATA_DIR') ?? join(home, '.asdf'), 'installs', 'python'),
    join(value('MISE_DATA_DIR') ?? join(data, 'mise'), 'installs', 'python'),
  ]
  return [
    ...uvFolders.map((folder): Place => ({ kind: 'installations', origin: 'uv', path: folder, prefix: 'cpython-' })),
    ...versions.map((folder): Place => ({ kind: 'installations', origin: 'pyenv', path: folder })),
    ...condaPlaces(around),
  ]
}

const condaNames = ['miniconda3', 'anaconda3', 'miniforge3', 'mambaforge', 'micromamba']

function condaPlaces(around: Surroundings): Place[] {
  const { home, platform } = around
  const join = joinOf(platform)
  const active = envValue(around, 'CONDA_PREFIX')
  const programData = envValue(around, 'PROGRAMDATA')
  const local = envValue(around, 'LOCALAPPDATA')
  const shared =
    platform === 'win32'
      ? [programData, local].flatMap((base) => (base ? condaNames.map((name) => join(base, name)) : []))
      : [
          '/opt/conda',
          '/opt/miniconda3',
          '/opt/anaconda3',
          '/opt/miniforge3',
          '/opt/homebrew/Caskroom/miniconda/base',
          '/opt/homebrew/Caskroom/miniforge/base',
        ]
  const roots = [...condaNames.map((name) => join(home, name)), ...shared]
  return [
    ...(active ? [{ kind: 'installation', origin: 'conda', path: active } as const] : []),
    { kind: 'register', origin: 'conda', path: join(home, '.conda', 'environments.txt') },
    ...roots.flatMap((root): Place[] => [
      { kind: 'installation', origin: 'conda', path: root },
      { kind: 'installations', origin: 'conda', path: join(root, 'envs') },
    ]),
  ]
}

function unixPlaces({ platform }: Surroundings): Place[] {
  if (platform !== 'darwin') return [{ kind: 'programs', origin: 'homebrew', path: '/home/linuxbrew/.linuxbrew/bin' }]
  return [
    { kind: 'programs', origin: 'homebrew', path: '/opt/homebrew/bin' },
    // Versions that Homebrew keeps beside the linked one.
    { kind: 'installations', origin: 'homebrew', path: '/opt/homebrew/opt', prefix: 'python@' },
    { kind: 'installations', origin: 'homebrew', path: '/usr/local/opt', prefix: 'python@' },
    { kind: 'installations', origin: 'framework', path: '/Library/Frameworks/Python.framework/Versions' },
  ]
}

function windowsPlaces(around: Surroundings): Place[] {
  const local = envValue(around, 'LOCALAPPDATA')
  if (!local) return []
  const join = path.win32.join
  return [
    {
      kind: 'installations',
      origin: 'store',
      path: join(local, 'Microsoft', 'WindowsApps'),
      prefix: 'PythonSoftwareFoundation.Python.3',
    },
    // Where the installer of python.org puts it for one user, registered or not.
    { kind: 'installations', origin: 'registry', path: join(local, 'Programs', 'Python'), prefix: 'Python3' },
  ]
}

/** A shim finds out at run time which Python is meant, and depends on the folder it is started in: never a runtime. */
const shimFolder = /[\\/](\.?pyenv|pyenv-win|\.?asdf|mise)[\\/]shims[\\/]?$/iu

function searchPath(around: Surroundings): Place[] {
  const { platform } = around
  const flavour = platform === 'win32' ? path.win32 : path.posix
  const value = (name: string) => envValue(around, name)
  const shims = ['PYENV_ROOT', 'ASDF_DATA_DIR', 'MISE_DATA_DIR'].flatMap((name) => {
    const root = value(name)
    return root ? [flavour.join(root, 'shims')] : []
  })
  return (value('PATH') ?? '')
    .split(flavour.delimiter)
    .map((folder) => folder.trim().replace(/^"(.*)"$/u, '$1'))
    .filter((folder) => flavour.isAbsolute(folder))
    .filter((folder) => !shimFolder.test(folder) && !shims.includes(flavour.normalize(folder).replace(/[\\/]$/u, '')))
    .filter((folder) => !isAppleStub(platform, folder))
    .map((folder): Place => ({ kind: 'programs', origin: 'path', path: folder }))
}

/** macOS: without the command line tools, /usr/bin/python3 opens a dialog that offers to install them. The tools' own folder has the real one. */
function isAppleStub(platform: NodeJS.Platform, folder: string): boolean {
  return platform === 'darwin' && /^\/usr\/bin\/?$/u.test(folder)
}

/** A program started from a desktop has a short search path, so the usual folders are looked at in any case. */
function systemFolders({ platform }: Surroundings): Place[] {
  const folders =
    platform === 'win32'
      ? []
      : platform === 'darwin'
        ? [
            '/usr/local/bin',
            '/Library/Developer/CommandLineTools/usr/bin',
            '/Applications/Xcode.app/Contents/Developer/usr/bin',
          ]
        : ['/usr/local/bin', '/usr/bin']
  return folders.map((folder): Place => ({ kind: 'programs', origin: 'system', path: folder }))
}
