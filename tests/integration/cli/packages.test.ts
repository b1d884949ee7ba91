import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Environment, Package, PackageChange, Profile, RepairedEnvironment } from '../../../contract/index.ts'
import { onlyFrom, writeWheel } from '../environments/wheels.ts'
import { snapshotOf, terminal } from './terminal.ts'

/** A user with an environment whose packages come from a folder, and can be brought up to date. */
async function prepare() {
  const user = terminal()
  const wheels = path.join(user.folder, 'wheels')
  for (const [name, value] of Object.entries(onlyFrom(wheels))) if (value !== undefined) user.env[name] = value
  writeWheel(wheels, { name: 'shared', version: '1.0' })
  writeWheel(wheels, { name: 'needy', version: '1.0', requires: ['shared'] })
  await user.json('config', 'set', 'installer', 'pip')
  await user.json('venv', 'create', 'é', 'needy')
  writeWheel(wheels, { name: 'shared', version: '1.5' })
  return { user, wheels }
}

test('packages: looked at, upgraded, taken out, written down and read in', async () => {
  const { user } = await prepare()
  expect(snapshotOf(user, await user.beep('venv', 'outdated', 'é'))).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    PACKAGE  VERSION  LATEST
    shared  1.0  1.5
    ----- stderr -----
    Looking for newer versions of what is in é"
  `)
  expect(snapshotOf(user, await user.beep('venv', 'preview', 'upgrade', 'é'))).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    PACKAGE  FROM  TO
    shared  1.0  1.5
    ----- stderr -----
    Looking for newer versions of what is in é
    Looking what an upgrade of shared would do"
  `)
  expect(snapshotOf(user, await user.beep('venv', 'upgrade', 'é'))).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    PACKAGE  FROM  TO
    shared  1.0  1.5
    ----- stderr -----
    Looking for newer versions of what is in é
    Upgrading shared in é
    Importing the packages once"
  `)
  expect(await user.json('packages', 'outdated', 'é')).toEqual([])
  expect(snapshotOf(user, await user.beep('venv', 'export', 'é', '-o', 'list é.txt'))).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    Wrote 2 packages to [FOLDER]/list é.txt
    ----- stderr -----
    "
  `)
  expect(readFileSync(path.join(user.folder, 'list é.txt'), 'utf8')).toContain('\nneedy==1.0\nshared==1.5\n')

  const changes = await user.json<PackageChange[]>('venv', 'preview', 'uninstall', 'é', 'shared')
  expect(changes).toEqual([{ name: 'shared', from: '1.5', to: null, neededBy: ['needy'] }])
  expect(snapshotOf(user, await user.beep('venv', 'uninstall', 'é', 'shared'))).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    Took shared out of "é"
    ----- stderr -----
    Removing shared from é
    Needed by needy: shared"
  `)

  await user.json('venv', 'create', 'two')
  expect(snapshotOf(user, await user.beep('venv', 'import', 'two', 'list é.txt'))).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    Installed what list é.txt lists into "two"
    ----- stderr -----
    Installing needy, shared into two
    Importing the packages once"
  `)
  const lines = user.start(['venv', 'import', 'two', '-', '--json'], { input: 'needy\n-r other.txt\n' })
  expect(JSON.parse((await lines.ended).stdout)).toMatchObject({
    error: { code: 'INVALID_PARAMS', details: { lines: [{ line: 2 }] } },
  })
  expect(await user.json<Package[]>('venv', 'packages', 'two')).toEqual([
    { name: 'needy', version: '1.0' },
    { name: 'shared', version: '1.5' },
  ])
  const exported = await user.json<{ text: string; count: number }>('venv', 'export', 'two')
  expect(exported.count).toBe(2)
})

test('an environment: copied, damaged and repaired', async () => {
  const { user } = await prepare()
  // Steps this short may go by between two looks: what was said on the way differs from run to run.
  const answerOf = async (...argv: string[]) => snapshotOf(user, { ...(await user.beep(...argv)), stderr: '' })
  expect(await answerOf('venv', 'clone', 'é', 'ü 2')).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    Made "ü 2" from "é"
    name  ü 2
    root  [HOME]/environments/ü 2
    python  [VERSION]
    runtime  [RUNTIME]
    executable  [HOME]/environments/ü 2[PYTHON]
    state  ready
    size  [SIZE]
    made  [TIME]
    asked for  needy
    used by  -
    ----- stderr -----
    "
  `)
  const cloned = await user.json<Environment>('venv', 'status', 'ü 2')
  expect((await user.json<RepairedEnvironment>('venv', 'repair', 'ü 2')).repairs).toEqual([])
  rmSync(path.join(cloned.root, 'pyvenv.cfg'))
  expect(await answerOf('venv', 'repair', 'ü 2')).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    Repaired "ü 2": its Python is in place again, with the packages that were there
    name  ü 2
    root  [HOME]/environments/ü 2
    python  [VERSION]
    runtime  [RUNTIME]
    executable  [HOME]/environments/ü 2[PYTHON]
    state  ready
    size  [SIZE]
    made  [TIME]
    asked for  needy
    used by  -
    ----- stderr -----
    "
  `)
})

test('profiles: listed, and begun with', async () => {
  const { user, wheels } = await prepare()
  const profiles = await user.json<Profile[]>('profiles', 'list')
  const web = profiles.find(({ id }) => id === 'web')!
  for (const text of web.packages) writeWheel(wheels, { name: text.split('>=')[0]!, version: '99.0' })
  const made = await user.json<Environment>('venv', 'create', 'web', '--profile', 'web', 'shared')
  expect(made.requirements).toEqual([...web.packages, 'shared'])
  expect(snapshotOf(user, await user.beep('venv', 'create', 'x', '--profile', 'wep'))).toMatchInlineSnapshot(`
    "exit code: 3
    ----- stdout -----

    ----- stderr -----
    error: There is no profile wep
    hint: There are: minimal, base, data-science, machine-learning, web, full-stack, dotnet, huggingface, embeddings, llamacpp, ollama, gemini."
  `)
  writeFileSync(path.join(user.folder, 'nothing.txt'), '')
  expect((await user.beep('venv', 'import', 'web', 'nothing.txt')).code).toBe(2)
  expect((await user.beep('venv', 'import', 'web', 'not-there.txt')).code).toBe(3)
})
