/**
 * What a child may inherit. An allow list, since the poison has too many names: PYTHONHOME alone stops every interpreter
 * ("No module named encodings", cpython#125873), and a VIRTUAL_ENV or CONDA_PREFIX sends installers elsewhere.
 */
const inherited: readonly (string | RegExp)[] = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LANGUAGE',
  /^LC_/,
  'TZ',
  'TMPDIR',
  'TMP',
  'TEMP',
  'TERM',
  /^XDG_/,
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'DBUS_SESSION_BUS_ADDRESS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  /^(https?|all|no|ftp)_proxy$/i,
  /^(CUDA|NVIDIA|HIP|ROCM|ROCR|HSA|VULKAN|VK)_/,
  // Which .NET Python.NET uses, and where it lies.
  /^(DOTNET|MONO|PYTHONNET)_/,
  'LD_LIBRARY_PATH',
  'HF_HOME',
  'HF_HUB_OFFLINE',
  'BEEP_HOME',
  // Windows
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'ALLUSERSPROFILE',
  'PUBLIC',
  'USERPROFILE',
  'USERNAME',
  'USERDOMAIN',
  'HOMEDRIVE',
  'HOMEPATH',
  'NUMBER_OF_PROCESSORS',
  'OS',
  /^PROGRAMFILES/,
  /^COMMONPROGRAMFILES/,
  /^PROCESSOR_/,
]

/** The user's own installer configuration is honoured; what would send an install elsewhere is not. */
const installerConfiguration = /^(PIP|UV)_/
const installerPoison =
  /^(PIP_(TARGET|PREFIX|ROOT|USER|PYTHON|REQUIRE_VIRTUALENV|DRY_RUN|IGNORE_INSTALLED|REPORT|LOG|NO_DEPS|REQUIREMENT|EDITABLE|PLATFORM|ABI|IMPLEMENTATION|PYTHON_VERSION)|UV_(PYTHON|SYSTEM_PYTHON|PROJECT|PROJECT_ENVIRONMENT|WORKING_DIR|WORKING_DIRECTORY|ENV_FILE|VENV_CLEAR|VENV_SEED|BREAK_SYSTEM_PACKAGES|PYTHON_PREFERENCE|PYTHON_DOWNLOADS|MANAGED_PYTHON|NO_MANAGED_PYTHON))$/

/** What every child is given, whatever the parent has. */
export const givenToChildren: Readonly<Record<string, string>> = { PYTHONUTF8: '1', PYTHONNOUSERSITE: '1' }

export interface ChildEnvironmentOptions {
  /** Lets the user's PIP_ and UV_ settings through. */
  readonly installer?: boolean
  /** Set last; undefined removes a name. */
  readonly extra?: Readonly<Record<string, string | undefined>>
}

/** The whole environment of a child process: nothing else reaches it. */
export function childEnvironment(
  parent: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  options: ChildEnvironmentOptions = {},
): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(parent)) {
    if (value === undefined || value === '') continue
    // Windows does not care for case in names, and keeps whatever case they were first set in.
    const compared = platform === 'win32' ? name.toUpperCase() : name
    const allowed =
      inherited.some((rule) => (typeof rule === 'string' ? rule === compared : rule.test(compared))) ||
      (options.installer === true && installerConfiguration.test(compared) && !installerPoison.test(compared))
    if (allowed) result[name] = value
  }
  Object.assign(result, givenToChildren)
  for (const [name, value] of Object.entries(options.extra ?? {})) {
    // Two spellings of one name would leave it to Windows which of them counts.
    for (const other of Object.keys(result)) if (isSameVariable(other, name, platform)) delete result[other]
    if (value !== undefined) result[name] = value
  }
  return result
}

function isSameVariable(a: string, b: string, platform: NodeJS.Platform): boolean {
  return a === b || (platform === 'win32' && a.toUpperCase() === b.toUpperCase())
}
