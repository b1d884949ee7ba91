import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { expect, it } from 'vitest'
import { contentsOf, name, prepareScience } from './science-bench.ts'
import { recordJob } from './workbench.ts'

/** Where in an installation of `plots`. */
const moments = [
  ['before the snapshot is whole', ['--killBeforeRename', '/\\.beep-snapshots/\\.[^/]+\n']],
  ['before the installer has begun', ['--killAfterRename', '\n.*/\\.beep-unfinished\\.json$']],
  ['while the packages come', ['--killAt', '\nInstalling']],
  ['while they are imported', ['--killAt', '^Importing']],
  ['before the manifest is written', ['--killBeforeRename', '\n.*/\\.beep-environment\\.json$']],
  ['right after the manifest was written', ['--killAfterRename', '\n.*/\\.beep-environment\\.json$']],
] as const

it('a change of packages whose host is killed, wherever, leaves the environment as it was', async () => {
  const { bench, made, environments } = await prepareScience('pip')
  const before = contentsOf(made.root)
  for (const [when, kill] of moments) {
    const args = ['--work', 'install', '--name', name, '--packages', 'plots', ...kill]
    expect(await killed(bench, args), when).toBe('SIGKILL')
    const looked = await environments.get(name)
    // As long as nobody has put it back, nobody may use it.
    if (when !== 'before the snapshot is whole') expect(looked, when).toMatchObject({ state: 'broken' })
    expect(await environments.recover(), when).toEqual(looked.state === 'broken' ? [name] : [])
    expect(contentsOf(made.root), when).toEqual(before)
    expect(await environments.get(name), when).toMatchObject({ state: 'ready', requirements: ['arrays<2', 'frames'] })
    expect(await environments.snapshots(name), when).toEqual([])
  }
})

it('a way back whose host is killed is taken back, too; the next change and a repair do what a start would have done', async () => {
  const { bench, made, environments } = await prepareScience('pip')
  await environments.install({ name, packages: ['plots'] }, recordJob())
  const before = contentsOf(made.root)
  await environments.uninstall({ name, packages: ['plots', 'frames'] }, recordJob())
  const gone = contentsOf(made.root)
  const args = ['--work', 'rollback', '--name', name, '--killAfterRename', '\\.beep-restoring~']
  expect(await killed(bench, args)).toBe('SIGKILL')
  expect(contentsOf(made.root)).not.toEqual(gone)
  expect(await environments.repair(name, recordJob())).toMatchObject({ state: 'ready', repairs: ['restored'] })
  expect(contentsOf(made.root)).toEqual(gone)

  expect(await killed(bench, args)).toBe('SIGKILL')
  expect((await environments.rollback({ name }, recordJob())).state).toBe('ready')
  expect(contentsOf(made.root)).toEqual(before)
})

async function killed(
  { home, env }: { readonly home: string; readonly env: Record<string, string | undefined> },
  args: readonly string[],
) {
  const script = path.join(import.meta.dirname, 'crash-child.ts')
  const child = spawn(process.execPath, [script, '--home', home, ...args], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code, signal] = await once(child, 'exit')
  return (signal as string | null) ?? (code as number)
}
