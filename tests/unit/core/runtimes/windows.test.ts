import { expect, it } from 'vitest'
import { parseLauncher, parseRegistry, windowsPlaces } from '../../../../core/runtimes/discovery/windows.ts'

/** As `reg query HKCU\Software\Python /s` prints it; the last company on a German system, where "(Default)" has another name. */
const registry = [
  '',
  'HKEY_CURRENT_USER\\Software\\Python\\PythonCore\\3.12',
  '    DisplayName    REG_SZ    Python 3.12 (64-bit)',
  '    SysVersion    REG_SZ    3.12',
  '',
  'HKEY_CURRENT_USER\\Software\\Python\\PythonCore\\3.12\\InstallPath',
  '    (Default)    REG_SZ    C:\\Users\\Zoë Ö\\AppData\\Local\\Programs\\Python\\Python312\\',
  '    ExecutablePath    REG_SZ    C:\\Users\\Zoë Ö\\AppData\\Local\\Programs\\Python\\Python312\\python.exe',
  '    WindowedExecutablePath    REG_SZ    C:\\Users\\Zoë Ö\\AppData\\Local\\Programs\\Python\\Python312\\pythonw.exe',
  '',
  'HKEY_CURRENT_USER\\Software\\Python\\PythonCore\\3.12\\PythonPath',
  '    (Default)    REG_SZ    C:\\Lib;C:\\DLLs',
  '',
  'HKEY_CURRENT_USER\\Software\\Python\\PyLauncher\\x\\InstallPath',
  '    ExecutablePath    REG_SZ    C:\\Windows\\py.exe',
  '',
  'HKEY_LOCAL_MACHINE\\Software\\Python\\ContinuumAnalytics\\Anaconda311-64\\InstallPath',
  '    (Standard)    REG_SZ    C:\\ProgramData\\anaconda3',
  '',
  'HKEY_LOCAL_MACHINE\\Software\\Python\\Astral\\CPython3.13.1\\InstallPath',
  '    (Standard)    REG_EXPAND_SZ    ',
  '    ExecutablePath    REG_SZ    C:\\Users\\Zoë Ö\\AppData\\Roaming\\uv\\python\\cpython-3.13.1\\python.exe',
  '',
  'HKEY_LOCAL_MACHINE\\Software\\Python\\PythonCore\\3.12\\InstallPath',
  '    ExecutablePath    REG_SZ    C:\\Users\\Zoë Ö\\AppData\\Local\\Programs\\Python\\Python312\\python.exe',
  '',
].join('\r\n')

it('finds the interpreters of the registry, each once', () => {
  expect(parseRegistry(registry)).toEqual([
    'C:\\Users\\Zoë Ö\\AppData\\Local\\Programs\\Python\\Python312\\python.exe',
    'C:\\ProgramData\\anaconda3\\python.exe',
    'C:\\Users\\Zoë Ö\\AppData\\Roaming\\uv\\python\\cpython-3.13.1\\python.exe',
  ])
  expect(parseRegistry('ERROR: The system was unable to find the specified registry key or value.\r\n')).toEqual([])
  expect(parseRegistry('')).toEqual([])
})

it('finds the interpreters of the launcher, new and old', () => {
  const text = [
    '  *               Active venv',
    ' -V:3.12 *        C:\\Users\\Zoë Ö\\AppData\\Local\\Programs\\Python\\Python312\\python.exe',
    ' -V:Astral/CPython3.13.1 C:\\uv\\python.exe',
    ' -3.8-64        C:\\Program Files\\Python38\\python.exe *',
    ' -3.9-32  "C:\\Python 39\\python.exe"',
    'No installed Pythons found!',
    '',
  ].join('\r\n')
  expect(parseLauncher(text)).toEqual([
    'C:\\Users\\Zoë Ö\\AppData\\Local\\Programs\\Python\\Python312\\python.exe',
    'C:\\uv\\python.exe',
    'C:\\Program Files\\Python38\\python.exe',
    'C:\\Python 39\\python.exe',
  ])
})

it('asks neither of them elsewhere', async () => {
  expect(await windowsPlaces({}, 'linux')).toEqual([])
  expect(await windowsPlaces({}, 'darwin')).toEqual([])
})
