import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { run } from '../../core/process/index.ts'
import { env } from '../tools/family.ts'
import { tempFolder } from '../tools/temp-folder.ts'
import { allowed, beyondLint, forbidden } from './arrow-cases.ts'
import { root } from './source-files.ts'

interface Report {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string; readonly message: string }[]
}

const rooms = ['contract', 'core', 'client', 'cli', 'bin', 'electron', 'renderer']

/** A small repository with the linter's configuration of this one. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder()
  for (const config of ['oxlint.config.ts', '.oxlintrc.limit.json', 'package.json']) {
    copyFileSync(path.join(root, config), path.join(folder, config))
  }
  for (const name of ['node_modules', 'tests']) symlinkSync(path.join(root, name), path.join(folder, name), 'junction')
  for (const room of rooms) mkdirSync(path.join(folder, room))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  return folder
}

async function lint(folder: string, ...args: readonly string[]): Promise<Report['diagnostics']> {
  const program = path.join(root, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const argv = [process.execPath, program, '--format=json', ...args, ...rooms] as const
  const result = await run([...argv], { env, cwd: folder, timeoutMs: 25_000 })
  expect(result.exitCode, result.lastLines.join('\n')).not.toBeNull()
  return (JSON.parse(result.stdout) as Report).diagnostics
}

it('the linter knows the same arrows', async () => {
  const named = (kind: string, file: string, index: number) => {
    // Rules name some files; all others may be called what they like.
    const isNamed =
      /^(cli\/(headless|wake)\.ts|electron\/other-host\.ts|bin\/.*|core\/[^/]+\.ts|core\/servers\/pool\/pool-link\.ts)$/u.test(
        file,
      )
    const own = file.startsWith('client/src/rpc') ? `rpc-${kind}-${index}.ts` : `${kind}-${index}.ts`
    return isNamed ? file : file.replace(/[^/]+$/u, own)
  }
  const files: Record<string, string[]> = {}
  const expected: string[] = []
  for (const [index, [file, specifier]] of allowed.entries()) {
    if (!file.startsWith('tests/')) (files[named('good', file, index)] ??= []).push(specifier)
  }
  for (const [index, [file, specifier]] of forbidden.entries()) {
    if (beyondLint.includes(specifier)) continue
    const place = named('bad', file, index)
    ;(files[place] ??= []).push(specifier)
    expected.push(`${place} ${specifier}`)
  }
  const texts = Object.fromEntries(
    Object.entries(files).map(([file, specifiers]) => [
      file,
      specifiers.map((specifier, index) => `export * as a${index} from '${specifier}'\n`).join(''),
    ]),
  )
  const found = (await lint(repository(texts)))
    .filter(({ code }) => code === 'eslint(no-restricted-imports)')
    .map(({ filename, message }) => `${filename.replaceAll('\\', '/')} ${/'([^']+)' import/u.exec(message)?.[1]}`)
  expect([...new Set(found)].toSorted()).toEqual(expected.toSorted())
})

it('the linter warns from 250 lines on, and fails from 400 on', async () => {
  const lines = (count: number) => 'export {}\n'.repeat(count)
  const folder = repository({
    'core/a.ts': lines(250),
    'core/b.ts': lines(251),
    'core/c.ts': `// text\n\n${lines(399)}`,
  })
  const long = (report: Report['diagnostics']) =>
    report.filter(({ code }) => code === 'eslint(max-lines)').map(({ filename }) => path.basename(filename))
  expect(long(await lint(folder)).toSorted()).toEqual(['b.ts', 'c.ts'])
  expect(long(await lint(folder, '-c', '.oxlintrc.limit.json'))).toEqual(['c.ts'])
})
