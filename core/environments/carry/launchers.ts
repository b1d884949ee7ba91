import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../contract/index.ts'
import { childEnvironment } from '../../platform/index.ts'
import { exitFailure, run } from '../../process/index.ts'
import type { Room } from '../room.ts'

/** A command that a package brings: `tool = package.module:main`. */
export interface EntryPoint {
  readonly name: string
  readonly spec: string
  readonly isGui: boolean
}

/** Writing some hundred small files; more than this is a machine in trouble. */
const makeMs = 120_000

/** Extras behind an entry point are of no use to its launcher (the packaging specifications, "Entry points"). */
export function parseEntryPoints(text: string): EntryPoint[] {
  const found: EntryPoint[] = []
  let section = ''
  for (const line of text.split(/\r?\n/u)) {
    const header = /^\s*\[([^\]]+)\]\s*$/u.exec(line)?.[1]
    if (header !== undefined) section = header.trim()
    const [, name, target] = /^\s*([^#;[=\s][^=]*?)\s*=\s*([\w.]+(?:\s*:\s*[\w.]+)?)/u.exec(line) ?? []
    if (name === undefined || target === undefined || !/^(console|gui)_scripts$/u.test(section)) continue
    found.push({ name, spec: `${name} = ${target.replaceAll(/\s/gu, '')}`, isGui: section === 'gui_scripts' })
  }
  return found
}

/** Those of the carried launchers that belong to an entry point: programs on Windows, which hold the path of their interpreter. */
export function launchersToRemake(entryPoints: readonly EntryPoint[], files: readonly string[]): EntryPoint[] {
  const there = new Set(files.map((file) => path.win32.basename(file).toLowerCase()))
  return entryPoints.filter(({ name }) => there.has(`${name.toLowerCase()}.exe`))
}

export async function readEntryPoints(site: string): Promise<EntryPoint[]> {
  const infos = (await readdir(site)).filter((name) => name.endsWith('.dist-info'))
  const texts = await Promise.all(
    infos.map((name) => readFile(path.join(site, name, 'entry_points.txt'), 'utf8').catch(() => '')),
  )
  return texts.flatMap(parseEntryPoints)
}

/**
 * pip's own maker of launchers, from the pip of the base or from the one that comes with Python for ensurepip: nothing is
 * fetched, and nothing is installed.
 */
const program = `
import glob, json, os, sys
order = json.load(sys.stdin)
try:
    from pip._vendor.distlib.scripts import ScriptMaker
except ImportError:
    import ensurepip
    bundled = os.path.join(os.path.dirname(ensurepip.__file__), "_bundled", "pip-*.whl")
    sys.path[:0] = sorted(glob.glob(bundled))
    from pip._vendor.distlib.scripts import ScriptMaker
maker = ScriptMaker(None, order["folder"])
maker.clobber = True
maker.set_mode = True
maker.variants = {""}
# One that is named it takes as it is, quotes and all.
maker.executable = '"%s"' % order["executable"] if " " in order["executable"] else order["executable"]
written = [maker.make(one["spec"], {"gui": one["isGui"]}) for one in order["entryPoints"]]
print(json.dumps([file for files in written for file in files]))
`

const writtenSchema = z.array(z.string())

/** Makes launchers anew. @returns the files @throws PACKAGES_FAILED where no Python has what it takes */
export async function makeLaunchers(
  room: Room,
  base: string,
  place: { readonly folder: string; readonly executable: string },
  entryPoints: readonly EntryPoint[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (entryPoints.length === 0) return []
  const argv: [string, ...string[]] = [base, '-I', '-X', 'utf8', '-c', program]
  const env = childEnvironment(room.env, room.platform)
  const input = JSON.stringify({ ...place, entryPoints })
  const result = await run(argv, { env, input, signal, timeoutMs: makeMs })
  const hint = 'Use a Python that has pip with it, such as a managed one: `beep-host init`.'
  if (result.exitCode !== 0) throw exitFailure('Making the commands of the packages', result, 'PACKAGES_FAILED', hint)
  try {
    return writtenSchema.parse(JSON.parse(result.stdout))
  } catch {
    throw new AppError('PACKAGES_FAILED', 'Making the commands of the packages gave no answer', {
      hint,
      details: { argv: [base], stdout: result.stdout.slice(0, 2000) },
    })
  }
}
