import { readFile, readdir, readlink } from 'node:fs/promises'
import path from 'node:path'
import { childEnvironment } from '../../platform/index.ts'
import { run } from '../../process/index.ts'
import { listeningInodes, parseLsof, parseWindowsHolders, socketInode, windowsPortQuery } from './port-tables.ts'
import type { PortHolder } from './port-tables.ts'

/** Who holds a port. Three outcomes: not being able to tell is not the same as nobody. */
export type PortHolders =
  | { readonly outcome: 'yes'; readonly holders: readonly PortHolder[] }
  | { readonly outcome: 'no' }
  | { readonly outcome: 'unknown'; readonly reason: string }

/** Milliseconds for lsof or PowerShell. */
const lookMs = 5000

/** The processes that keep a server from listening on a port of 127.0.0.1. Never throws. */
export async function portHolders(
  port: number,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<PortHolders> {
  try {
    const holders = await (platform === 'linux' ? onLinux(port) : withTool(port, env, platform))
    return holders.length === 0 ? { outcome: 'no' } : { outcome: 'yes', holders }
  } catch (error) {
    return { outcome: 'unknown', reason: error instanceof Error ? error.message : String(error) }
  }
}

/** "node (process 4711)", "a process of another user", for a sentence. */
export function describeHolders(found: PortHolders): string | undefined {
  if (found.outcome !== 'yes') return undefined
  return found.holders
    .map(({ pid, program }) =>
      pid === null ? 'a process of another user' : `${program ?? 'a program'} (process ${pid})`,
    )
    .join(' and ')
}

async function onLinux(port: number): Promise<PortHolder[]> {
  const tables = await Promise.all([
    readFile('/proc/net/tcp', 'utf8'),
    // Absent where IPv6 is switched off.
    readFile('/proc/net/tcp6', 'utf8').catch(() => ''),
  ])
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table, port)))
  if (inodes.size === 0) return []
  const holders: PortHolder[] = []
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/u.test(entry) || !(await holdsOneOf(entry, inodes))) continue
    holders.push({ pid: Number(entry), program: await programOf(entry) })
  }
  return holders.length > 0 ? holders : [{ pid: null, program: null }]
}

async function holdsOneOf(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`
  // Other users' processes do not show their files, and any process may end while we look.
  const files = await readdir(folder).catch(() => [])
  const links = await Promise.all(files.map((file) => readlink(path.join(folder, file)).catch(() => '')))
  return links.some((link) => inodes.has(socketInode(link) ?? ''))
}

async function programOf(pid: string): Promise<string | null> {
  const executable = await readlink(`/proc/${pid}/exe`).catch(() => undefined)
  if (executable !== undefined) return path.basename(executable.replace(/ \(deleted\)$/u, ''))
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim() || null
}

async function withTool(port: number, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<PortHolder[]> {
  const options = { env: childEnvironment(env, platform), timeoutMs: lookMs }
  if (platform === 'win32') {
    const query = windowsPortQuery(port)
    const result = await run(['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', query], options)
    return parseWindowsHolders(result.stdout)
  }
  // Exit code 1 means that nothing was found.
  const result = await run(['/usr/sbin/lsof', '-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpcn'], options)
  return parseLsof(result.stdout, port)
}
