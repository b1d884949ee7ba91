import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { recordedFiles } from '../../../core/environments/damage.ts'
import { sitePackages } from '../../../core/environments/site-packages.ts'
import { writeWheel } from './wheels.ts'

/** A package that leaves its traces everywhere: a command, a script, data with no path in it. */
export function writeToolWheel(folder: string, version = '1.0'): void {
  writeWheel(folder, {
    name: 'tool',
    version,
    files: {
      'tool_main.py': 'import sys\ndef main():\n    print(sys.prefix)\n',
      [`tool-${version}.dist-info/entry_points.txt`]: '[console_scripts]\ntool = tool_main:main\n',
      [`tool-${version}.data/scripts/tool-script`]: '#!python\nimport sys\nprint(sys.prefix)\n',
      [`tool-${version}.data/data/share/tool/conf.json`]: '{"a":1}',
    },
  })
}

/** What its command and its script say of the environment that they run in. */
export function askTools(root: string, tools: readonly string[] = ['tool', 'tool-script']): string[] {
  return tools.map((name) =>
    execFileSync(path.join(root, 'bin', name), { encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } }).trim(),
  )
}

/** Files whose hash is not the one that the RECORD has. */
export async function wrongHashes(root: string): Promise<string[]> {
  const site = (await sitePackages(root, process.platform))!
  const record = readFileSync(path.join(site, 'tool-1.0.dist-info', 'RECORD'), 'utf8')
  const hashes = new Map(
    [...record.matchAll(/^"?([^",\n]+)"?,sha256=([\w-]+),(\d+)\r?$/gmu)].map((row) => [
      row[1]!,
      [row[2]!, Number(row[3])],
    ]),
  )
  const files = recordedFiles(record).map(({ file }) => file)
  return files.filter((file) => {
    const bytes = readFileSync(path.resolve(site, file))
    const expected = hashes.get(file)
    if (!expected) return false
    return expected[0] !== createHash('sha256').update(bytes).digest('base64url') || expected[1] !== bytes.byteLength
  })
}
