import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { pidExists } from '../../../core/platform/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { until } from './until.ts'
import { onlyFrom, writeSource, writeWheel } from './wheels.ts'
import { openWith, uvVariables, withEachInstaller } from './with-installers.ts'
import { failureOf, recordJob, writeAdminRequirements } from './workbench.ts'
import type { Workbench } from './workbench.ts'

const name = 'Ünfall 1'

withEachInstaller((installer) => {
  /** A data root with a folder of packages, and a way to start a host on it that will be killed. */
  async function prepare() {
    const wheels = path.join(tempFolder(), 'wheels')
    const bench = await openWith(installer, { env: () => onlyFrom(wheels) })
    return { bench, wheels, host: (...args: string[]) => startHost(bench, wheels, args) }
  }

  const moments = ['^Making environment', '^Installing .* into', '\\n(Using|Collecting|Resolved)', '\\nInstalling']
  it.each(moments)('a creation killed at /%s/ leaves no environment, and works when repeated', async (killAt) => {
    const { bench, wheels, host } = await prepare()
    writeWheel(wheels, { name: 'thing', version: '1.0' })
    const child = host('--name', name, '--packages', 'thing', '--killAt', killAt)
    expect(await child.ended).toBe('SIGKILL')

    expect(await bench.environments.list()).toEqual([])
    expect((await failureOf(bench.environments.get(name))).code).toBe('NOT_FOUND')
    const again = await bench.environments.create({ name, packages: ['thing'] }, recordJob())
    expect(again.state).toBe('ready')
    expect(await bench.environments.packages(name)).toEqual([{ name: 'thing', version: '1.0' }])
    expect(await bench.environments.leftovers()).toEqual([])
    expect(readdirSync(bench.layout.staging)).toEqual([])
  })

  it('an installer that outlives its host is ended before its folder is used again', async () => {
    const { bench, wheels, host } = await prepare()
    const here = tempFolder()
    await writeSource(wheels, 'endless', here, recordPidAndSleep)
    const child = host('--name', name, '--packages', 'endless')
    const orphan = await until('the build has begun', () => pidIn(here))
    child.kill()
    expect(await child.ended).toBe('SIGKILL')
    expect(pidExists(orphan)).toBe(true)

    expect(await bench.environments.list()).toEqual([])
    expect(await bench.environments.leftovers()).toMatchObject([{ name, state: 'unfinished' }])
    rmSync(path.join(wheels, 'endless-1.0.tar.gz'))
    writeWheel(wheels, { name: 'endless', version: '1.0' })
    const again = await bench.environments.create({ name, packages: ['endless'] }, recordJob())
    expect(again.state).toBe('ready')
    await until('the orphan is gone', () => !pidExists(orphan))
  })

  it('an installation killed half-way works when repeated', async () => {
    const { bench, wheels, host } = await prepare()
    writeWheel(wheels, { name: 'thing', version: '1.0' })
    await bench.environments.create({ name, packages: [] }, recordJob())
    const child = host('--work', 'install', '--name', name, '--packages', 'thing', '--killAt', '\\nInstalling')
    expect(await child.ended).toBe('SIGKILL')

    const before = await bench.environments.get(name)
    expect(before.requirements).toEqual([])
    const after = await bench.environments.install({ name, packages: ['thing'] }, recordJob())
    expect(after).toMatchObject({ state: 'ready', requirements: ['thing'] })
    const print = 'import thing; print(thing.version)'
    expect(execFileSync(after.executable, ['-I', '-c', print], { encoding: 'utf8' })).toBe('1.0\n')
  })
})

it('a host that starts sweeps what a killed creation left, its orphan included', async () => {
  const wheels = path.join(tempFolder(), 'wheels')
  const bench = await openWith('pip', { env: () => onlyFrom(wheels) })
  const here = tempFolder()
  await writeSource(wheels, 'endless', here, recordPidAndSleep)
  const child = startHost(bench, wheels, ['--name', name, '--packages', 'endless'])
  const orphan = await until('the build has begun', () => pidIn(here))
  expect(await bench.environments.leftovers()).toMatchObject([{ name, state: 'busy' }])
  expect(await bench.environments.sweep()).toEqual([])

  child.kill()
  await child.ended
  expect(await bench.environments.sweep()).toEqual([name])
  await until('the orphan is gone', () => !pidExists(orphan))
  expect(readdirSync(bench.layout.environments)).toEqual([])
})

it('a killed making of the admin environment works when repeated', async () => {
  const wheels = path.join(tempFolder(), 'wheels')
  const bench = await openWith('pip', { env: () => onlyFrom(wheels) })
  writeWheel(wheels, { name: 'thing', version: '1.0' })
  writeAdminRequirements(bench, 'thing')
  const child = startHost(bench, wheels, ['--work', 'ensureAdmin', '--killAt', '\\nUsing'])
  expect(await child.ended).toBe('SIGKILL')
  expect(await bench.environments.list()).toEqual([])
  expect((await bench.environments.ensureAdmin(recordJob())).state).toBe('ready')
})

it('two programs that make one environment: one makes it, the other waits and is told', async () => {
  const wheels = path.join(tempFolder(), 'wheels')
  const bench = await openWith('pip', { env: () => onlyFrom(wheels) })
  const here = tempFolder()
  await writeSource(wheels, 'endless', here, recordPidAndSleep)
  const child = startHost(bench, wheels, ['--name', name, '--packages', 'endless'])
  await until('the build has begun', () => pidIn(here))
  const job = recordJob()
  const second = bench.environments.create({ name, packages: [] }, job)
  await until('the second waits', () => job.told.some((one) => one.title.startsWith('Waiting for another program')))
  child.kill()
  await child.ended
  expect((await second).state).toBe('ready')
})

it.each([
  ['before it is moved', '--killBeforeRename', false],
  ['right after it was moved', '--killAfterRename', true],
])('a deletion killed %s: the environment is whole, in one place or the other', async (_when, kill, isMoved) => {
  const wheels = path.join(tempFolder(), 'wheels')
  const bench = await openWith('pip', { env: () => onlyFrom(wheels) })
  const made = await bench.environments.create({ name, packages: [] }, recordJob())
  const child = startHost(bench, wheels, ['--work', 'remove', '--name', name, kill, `${name}\n.*/environment$`])
  expect(await child.ended).toBe('SIGKILL')

  await bench.environments.sweep()
  expect(await bench.environments.list()).toEqual(isMoved ? [] : [made])
  expect((await bench.environments.trash()).map((one) => one.name)).toEqual(isMoved ? [name] : [])
  expect(readdirSync(bench.layout.trash)).toHaveLength(isMoved ? 1 : 0)
  const [trashed] = await bench.environments.trash()
  if (trashed) expect(await bench.environments.restore(trashed.id, recordJob())).toEqual(made)
})

it.each([
  ['before it is moved', '--killBeforeRename', false],
  ['right after it was moved', '--killAfterRename', true],
])(
  'a return from the trash killed %s: the environment is whole, in one place or the other',
  async (_when, kill, isMoved) => {
    const wheels = path.join(tempFolder(), 'wheels')
    const bench = await openWith('pip', { env: () => onlyFrom(wheels) })
    const made = await bench.environments.create({ name, packages: [] }, recordJob())
    const { trashId } = await bench.environments.remove({ name, permanent: false }, recordJob())
    const child = startHost(bench, wheels, ['--work', 'restore', '--name', trashId!, kill, `/environment\n.*${name}$`])
    expect(await child.ended).toBe('SIGKILL')

    expect(await bench.environments.list()).toEqual(isMoved ? [made] : [])
    expect((await bench.environments.trash()).map((one) => one.id)).toEqual(isMoved ? [] : [trashId])
    await bench.environments.sweep()
    expect(readdirSync(bench.layout.trash)).toHaveLength(isMoved ? 0 : 1)
  },
)

it('a copy killed half-way is no environment, and works when repeated; the original is untouched', async () => {
  const wheels = path.join(tempFolder(), 'wheels')
  const bench = await openWith('pip', { env: () => onlyFrom(wheels) })
  writeWheel(wheels, { name: 'thing', version: '1.0' })
  const made = await bench.environments.create({ name, packages: ['thing'] }, recordJob())
  const child = startHost(bench, wheels, [
    '--work',
    'clone',
    '--name',
    name,
    '--packages',
    'ü 2',
    '--killAt',
    '^Copying',
  ])
  expect(await child.ended).toBe('SIGKILL')

  expect(await bench.environments.list()).toEqual([made])
  expect(await bench.environments.leftovers()).toMatchObject([{ name: 'ü 2', state: 'unfinished' }])
  expect((await bench.environments.clone({ name, as: 'ü 2' }, recordJob())).state).toBe('ready')
  expect(await bench.environments.packages('ü 2')).toEqual([{ name: 'thing', version: '1.0' }])
})

it.each([
  ['once the old one is moved aside', ['--killAfterRename', `${name}\n.*/environment$`], 'broken'],
  ['while the new one is made', ['--killAt', '^Making environment'], 'broken'],
  ['while it is filled', ['--killAt', '^Putting'], 'broken'],
  ['once it is made', ['--killAfterRename', '\n.*/environments/Ünfall 1/\\.beep-environment\\.json$'], 'ready'],
])('a repair killed %s leaves an environment that the next start puts back', async (_when, kill, state) => {
  const wheels = path.join(tempFolder(), 'wheels')
  const bench = await openWith('pip', { env: () => onlyFrom(wheels) })
  writeWheel(wheels, { name: 'thing', version: '1.0' })
  const { root } = await bench.environments.create({ name, packages: ['thing'] }, recordJob())
  rmSync(path.join(root, 'pyvenv.cfg'))
  const child = startHost(bench, wheels, ['--work', 'repair', '--name', name, ...kill])
  expect(await child.ended).toBe('SIGKILL')

  // Until then it is not in the trash either, where somebody could delete it for good.
  if (state === 'broken') expect(await bench.environments.trash()).toEqual([])
  await bench.environments.emptyTrash(recordJob())
  await bench.environments.sweep()
  expect(await bench.environments.list()).toMatchObject([{ name, state, requirements: ['thing'] }])
  expect(await bench.environments.packages(name)).toEqual([{ name: 'thing', version: '1.0' }])
  expect(await bench.environments.repair(name, recordJob())).toMatchObject({
    state: 'ready',
    repairs: state === 'ready' ? [] : ['relinked'],
  })
  // Of one that was made, the old one can be looked at for a day.
  expect(await bench.environments.trash()).toHaveLength(state === 'ready' ? 1 : 0)
})

it('a removal of packages killed half-way is mended, and works when repeated', async () => {
  const wheels = path.join(tempFolder(), 'wheels')
  const bench = await openWith('pip', { env: () => onlyFrom(wheels) })
  writeWheel(wheels, { name: 'thing', version: '1.0' })
  await bench.environments.create({ name, packages: ['thing'] }, recordJob())
  const child = startHost(bench, wheels, [
    '--work',
    'uninstall',
    '--name',
    name,
    '--packages',
    'thing',
    '--killAt',
    '^Removing',
  ])
  expect(await child.ended).toBe('SIGKILL')
  expect((await bench.environments.get(name)).requirements).toEqual(['thing'])
  const after = await bench.environments.uninstall({ name, packages: ['thing'] }, recordJob())
  expect(after).toMatchObject({ state: 'ready', requirements: [] })
  expect(await bench.environments.packages(name)).toEqual([])
})

const recordPidAndSleep = `
with open(os.path.join(here, "pid.part"), "w") as file:
    file.write(str(os.getpid()))
os.rename(os.path.join(here, "pid.part"), os.path.join(here, "pid"))
time.sleep(600)`

function pidIn(here: string): number | undefined {
  const file = path.join(here, 'pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined
}

function startHost(bench: Workbench, wheels: string, args: readonly string[]) {
  const env = { ...bench.env, ...onlyFrom(wheels), ...uvVariables(bench.home) }
  const script = path.join(import.meta.dirname, 'crash-child.ts')
  const child = spawn(process.execPath, [script, '--home', bench.home, ...args], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit').then(([code, signal]) => (signal as string | null) ?? (code as number))
  return { ended, kill: () => child.kill('SIGKILL') }
}
