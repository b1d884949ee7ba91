import path from 'node:path'

/** Where Linux desktops look for what to start at login. Source: XDG Desktop Application Autostart Specification. */
export function autostartFile(env: NodeJS.ProcessEnv, home: string): string {
  const config = env['XDG_CONFIG_HOME']
  const folder = config && path.posix.isAbsolute(config) ? config : path.posix.join(home, '.config')
  return path.posix.join(folder, 'autostart', 'beep-python-host.desktop')
}

/** The entry itself. */
export function autostartEntry(name: string, argv: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${name}`,
    `Exec=${argv.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Whether an entry starts anything: desktops switch one off by a key in it. */
export function isEntryOn(text: string): boolean {
  return !/^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/imu.test(text)
}

/** Source of the rules: Desktop Entry Specification, "The Exec key": quotes, then the escapes of a string, then no field codes. */
function quoted(word: string): string {
  const inQuotes = word
    .replaceAll(/["`$\\]/gu, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')
  return `"${inQuotes}"`
}
