// `npm start`: the desktop window where Electron is, else one line about why not, and the same screens in the browser.
// `--get-electron` downloads Electron first, with its own installer; nothing else here uses the network.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { didNotOpen, findElectron } from './electron-binary.ts'
import type { ElectronEnd, ElectronVerdict } from './electron-binary.ts'

const root = path.resolve(import.meta.dirname, '..')
const packageFolder = path.join(root, 'node_modules', 'electron')
const words = process.argv.slice(2)
const argv = words.filter((word) => !['--get-electron', '--browser'].includes(word))

function look(): ElectronVerdict {
  const programFile = path.join(packageFolder, 'path.txt')
  return findElectron({
    platform: process.platform,
    env: process.env,
    packageFolder: existsSync(packageFolder) ? packageFolder : undefined,
    program: existsSync(programFile) ? readFileSync(programFile, 'utf8') : undefined,
    exists: existsSync,
    isRoot: process.getuid?.() === 0,
    argv: words,
  })
}

function run(command: string, args: readonly string[]): boolean {
  const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' } as const
  return spawnSync(command, args, options).status === 0
}

/** Runs the window to its end. Signals of the terminal reach it by themselves; this program waits for it. */
async function openWindow(binary: string): Promise<ElectronEnd> {
  const began = performance.now()
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const child = spawn(binary, [root, ...argv], { stdio: 'inherit', env })
  const wait = () => {}
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, wait)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  const [code, signal] = await Promise.race([
    once(child, 'exit') as Promise<[number | null, string | null]>,
    once(child, 'error').then(([error]) => {
      console.error(`error: ${(error as Error).message}`)
      return [1, null] as const
    }),
  ])
  for (const name of ['SIGINT', 'SIGHUP'] as const) process.off(name, wait)
  process.removeAllListeners('SIGTERM')
  return { code, signal, ms: performance.now() - began }
}

if (words.includes('--get-electron') && !('binary' in look()))
  run(process.execPath, [path.join(packageFolder, 'install.js')])

const found = look()
if ('binary' in found) {
  if (!run('npm', ['run', '--silent', 'build:electron'])) process.exit(1)
  const end = await openWindow(found.binary)
  if (!didNotOpen(end)) process.exit(end.code ?? 0)
  console.error(`The desktop window ended at once (${end.signal ?? `exit code ${end.code}`}); here is the browser's`)
} else console.error(`No desktop window: ${found.why}. ${found.hint}. Here is the browser's`)

const launcher = path.join(import.meta.dirname, 'beep-host.mjs')
process.argv = [process.argv[0]!, launcher, 'serve', '--ui', ...argv.filter((word) => word !== '--no-sandbox')]
await import(pathToFileURL(launcher).href)
