import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { childEnvironment } from '../../platform/index.ts'
import { run } from '../../process/index.ts'

/** Where the standalone builds were made for, as their records of the build say. */
const buildPrefix = /(^|['"\s=:,]|-[ILF])\/install(?=[/'"\s:]|$)/gmu

/**
 * Build-time facts that source builds of packages read (`_sysconfigdata_*.py`): the real folder in place of `/install`, and the
 * machine's own compiler in place of the one the build was made with, as uv does (python-build-standalone#374, uv#8429).
 */
export function patchSysconfig(text: string, prefix: string): string {
  // The text is Python source, and the folder goes into its string literals.
  const literal = prefix.replaceAll(/[\\'"]/gu, (character) => `\\${character}`)
  const compiler = (names: string, from: string, to: string) => (source: string) =>
    source.replaceAll(new RegExp(`('(?:${names})':\\s*['"])(?:[^\\s'"]*[/-])?${from}(?=[\\s'"])`, 'gu'), `$1${to}`)
  const steps = [
    (source: string) => source.replaceAll(buildPrefix, (_, before: string) => before + literal),
    compiler('CXX|LDCXXSHARED', 'clang\\+\\+', 'c++'),
    compiler('CC|LDSHARED|BLDSHARED|LINKCC', 'clang', 'cc'),
    compiler('AR', '(?:llvm-)?ar', 'ar'),
    (source: string) => source.replaceAll(/\s?-isysroot [^\s'"]+/gu, ''),
  ]
  return steps.reduce((source, step) => step(source), text)
}

/** pkg-config files find their folder from where they lie themselves. */
export function patchPkgConfig(text: string): string {
  return text.replaceAll(/^prefix=\/install$/gmu, 'prefix=${pcfiledir}/../..')
}

const externallyManaged = `[externally-managed]
Error=This Python belongs to Beep Python Host, which makes environments from it.
 Make one with "beep-host venv create NAME", and install packages there.
`

/**
 * Everything that is done to a fresh runtime while nobody sees it yet. `final` is where it will lie.
 * On macOS no program file is rewritten: that would break its signature.
 */
export async function finishRuntime(root: string, final: string, env: NodeJS.ProcessEnv): Promise<void> {
  const stdlib = await stdlibFolder(root)
  if (stdlib !== undefined) {
    const names = await readdir(stdlib)
    for (const name of names.filter((file) => /^_sysconfigdata_.*\.py$/u.test(file)))
      await rewrite(path.join(stdlib, name), (text) => patchSysconfig(text, final))
    // PEP 668: keeps a stray `pip install` away from what all environments stand on.
    await writeFile(path.join(stdlib, 'EXTERNALLY-MANAGED'), externallyManaged)
  }
  const packageConfig = path.join(root, 'lib', 'pkgconfig')
  for (const name of await readdir(packageConfig).catch(() => []))
    if (name.endsWith('.pc')) await rewrite(path.join(packageConfig, name), patchPkgConfig)
  if (process.platform === 'darwin') await removeQuarantine(root, env)
}

/** `lib/python3.12`, or `Lib` on Windows. */
async function stdlibFolder(root: string): Promise<string | undefined> {
  const inLib = await readdir(path.join(root, 'lib')).catch(() => [])
  const versioned = inLib.find((name) => /^python3\.\d+t?$/u.test(name))
  const folder = versioned ? path.join(root, 'lib', versioned) : path.join(root, 'Lib')
  return await stat(folder).then(
    () => folder,
    () => undefined,
  )
}

async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => undefined)
  if (before === undefined) return
  const after = change(before)
  if (after !== before) await writeFile(file, after)
}

/** macOS marks what a browser has downloaded, and refuses to run it. Only taken away where it is: Gatekeeper's word on the rest stands. */
async function removeQuarantine(root: string, env: NodeJS.ProcessEnv): Promise<void> {
  const options = { env: childEnvironment(env, process.platform), timeoutMs: 60_000 }
  const look = await run(['/usr/bin/xattr', '-p', 'com.apple.quarantine', path.join(root, 'bin', 'python3')], options)
  if (look.exitCode === 0) await run(['/usr/bin/xattr', '-dr', 'com.apple.quarantine', root], options)
}
