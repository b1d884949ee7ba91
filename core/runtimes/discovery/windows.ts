import { childEnvironment } from '../../platform/index.ts'
import { run } from '../../process/index.ts'
import type { Place } from './places.ts'

/**
 * Interpreters in the output of `reg query …\Software\Python /s` (PEP 514: `<Company>\<Tag>\InstallPath`). The name of a default
 * value is translated with the system, "(Default)" or "(Standard)", so it is known by its brackets.
 */
export function parseRegistry(text: string): readonly string[] {
  const found: string[] = []
  let section: { executable?: string; folder?: string } = {}
  const close = () => {
    const { executable, folder } = section
    if (executable) found.push(executable)
    else if (folder) found.push(`${folder.replace(/\\+$/u, '')}\\python.exe`)
    section = {}
  }
  let isInstallPath = false
  for (const line of text.split(/\r?\n/u)) {
    const key = /^(HKEY_[^\r\n]+?)\s*$/u.exec(line)?.[1]
    if (key !== undefined) {
      close()
      // The company name PyLauncher is the launcher's own, and holds no Pythons.
      isInstallPath = /\\Python\\(?!PyLauncher\\)[^\\]+\\[^\\]+\\InstallPath$/iu.test(key)
      continue
    }
    const [, name, value] = /^\s{2,}(.+?)\s+REG_(?:EXPAND_)?SZ\s+(.*?)\s*$/u.exec(line) ?? []
    if (!isInstallPath || name === undefined || !value) continue
    if (/^ExecutablePath$/iu.test(name)) section.executable = value
    else if (/^\(.+\)$/u.test(name)) section.folder = value
  }
  close()
  return [...new Set(found)]
}

/** Interpreters in the output of `py -0p`: ` -V:3.12 * C:\…\python.exe`, and ` -3.8-64  C:\…\python.exe *` from older launchers. */
export function parseLauncher(text: string): readonly string[] {
  const rows = text
    .split(/\r?\n/u)
    .map((line) => /^\s*-\S+\s+(?:\*\s+)?"?([A-Za-z]:\\.+?\.exe)"?(?:\s+\*)?\s*$/u.exec(line)?.[1])
  return [...new Set(rows.filter((row) => row !== undefined))]
}

/** Milliseconds; both answer in some 50. */
const askLimitMs = 4000

/** The commands as constants: they pass cmd.exe, which first sets UTF-8, or paths with an accent would come out broken. */
const registryQuery =
  'chcp 65001>nul & reg query HKCU\\Software\\Python /s & reg query HKLM\\Software\\Python /s /reg:64 & reg query HKLM\\Software\\Python /s /reg:32'
const launcherQuery = 'chcp 65001>nul & py -0p'

/** What the registry and the launcher know. Elsewhere than on Windows: nothing. A failure means that there is nothing to know. */
export async function windowsPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<readonly Place[]> {
  if (platform !== 'win32') return []
  const ask = async (command: string) => {
    try {
      const result = await run(['cmd.exe', '/d', '/s', '/c', command], {
        env: childEnvironment(env, platform),
        timeoutMs: askLimitMs,
      })
      return result.stdout
    } catch {
      return ''
    }
  }
  const [registry, launcher] = await Promise.all([ask(registryQuery), ask(launcherQuery)])
  const asPlace =
    (origin: 'registry' | 'launcher') =>
    (file: string): Place => ({ kind: 'executable', origin, path: file })
  return [...parseRegistry(registry).map(asPlace('registry')), ...parseLauncher(launcher).map(asPlace('launcher'))]
}
