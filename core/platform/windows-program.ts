import path from 'node:path'

/** The programs of Windows itself that we call, under %SystemRoot%. */
const places = {
  reg: 'System32\\reg.exe',
  taskkill: 'System32\\taskkill.exe',
  powershell: 'System32\\WindowsPowerShell\\v1.0\\powershell.exe',
} as const

/** The whole path of a program of Windows itself. A bare name would be looked for in the current folder before the system's. */
export function windowsProgram(name: keyof typeof places, env: NodeJS.ProcessEnv = process.env): string {
  const root = Object.entries(env).find(([key]) => key.toUpperCase() === 'SYSTEMROOT')?.[1]
  const usable = root !== undefined && /^[A-Za-z]:[\\/]/u.test(root)
  return path.win32.join(usable ? root : 'C:\\Windows', places[name])
}

/** Arguments with which PowerShell runs one line and nothing of the user's. */
export function powershellArguments(line: string): string[] {
  return ['-NoProfile', '-NonInteractive', '-Command', line]
}
