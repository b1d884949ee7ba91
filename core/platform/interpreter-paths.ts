import path from 'node:path'

/** The interpreter inside a virtual environment. */
export function environmentExecutable(root: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? path.win32.join(root, 'Scripts', 'python.exe') : path.posix.join(root, 'bin', 'python')
}

/** The interpreter inside an unpacked standalone Python (the folder that the archive calls `python`). */
export function standaloneExecutable(root: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? path.win32.join(root, 'python.exe') : path.posix.join(root, 'bin', 'python3')
}
