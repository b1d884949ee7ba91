import { execFile, spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import type { ImportedBundle, MadeBundle } from '../../../contract/index.ts'
import { ensureWheelhouse } from '../../e2e/harness/wheelhouse.ts'
import { pythonArchive } from '../../fixtures/python-archive/build.ts'
import { terminal } from '../cli/terminal.ts'
import type { Terminal } from '../cli/terminal.ts'
import { onlyFrom, writeWheel } from '../environments/wheels.ts'

/** A namespace of its own, with loopback and nothing else. */
const cutOff = ['unshare', '--net', '--map-root-user', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh']
const canCutOff = spawnSync(cutOff[0]!, [...cutOff.slice(1), 'true']).status === 0
if (!canCutOff) console.warn('No network namespace can be made here (unshare): the offline story is left out.')

/** Milliseconds: two Pythons are unpacked, and the packages of the fronts installed with pip. */
const longMs = 300_000

function runCutOff(story: string, options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
  return new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const argv = [...cutOff.slice(1), 'sh', '-c', story]
    execFile(cutOff[0]!, argv, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    )
  })
}

/** A user on a machine like ours, for whom the catalog of the test archive holds. */
function userWithCatalog(): Terminal {
  const user = terminal()
  Object.assign(user.env, { BEEP_PYTHON_CATALOG: pythonArchive().catalog, BEEP_DOWNLOAD_RETRY_MS: '5' })
  return user
}

/** A bundle of the test's Python, a package, and what an http server needs, made where all of that can be had. */
async function madeBundle(): Promise<MadeBundle> {
  const maker = userWithCatalog()
  const house = ensureWheelhouse()
  const wheels = path.join(maker.folder, 'wheels')
  writeWheel(wheels, { name: 'needy', version: '1.0', requires: ['shared'] })
  writeWheel(wheels, { name: 'shared', version: '1.0' })
  for (const [name, value] of Object.entries(onlyFrom(wheels))) if (value !== undefined) maker.env[name] = value
  // As addresses, since a space divides them.
  maker.env['PIP_FIND_LINKS'] = [wheels, house].map((folder) => pathToFileURL(folder).href).join(' ')
  await maker.json('config', 'set', 'pythonMirror', pythonArchive().mirror)
  const target = path.join(maker.folder, 'made elsewhere é.beep-bundle')
  const made = await maker.beep('bundle', 'create', target, 'needy', '--json')
  expect(made.stdout).not.toContain('"error"')
  return JSON.parse(made.stdout) as MadeBundle
}

test.skipIf(!canCutOff)(
  'a bundle made elsewhere gives a running http server where there is no network at all',
  async () => {
    const bundle = await madeBundle()
    expect(bundle.bytes).toBe(statSync(bundle.path).size)
    expect(bundle.manifest.wheels.map(({ path: name }) => name)).toEqual(
      expect.arrayContaining(['wheels/needy-1.0-py3-none-any.whl', 'wheels/shared-1.0-py3-none-any.whl']),
    )

    const user = userWithCatalog()
    await user.json('config', 'set', 'installer', 'pip')
    const story = `
    set -e
    trap 'cat *.json' EXIT
    beep() { "$NODE" "$BEEP" "$@"; }
    beep bundle import "$BUNDLE" --sha256 ${bundle.sha256} --offline --json > imported.json
    beep venv create é needy --json > made.json
    beep start http --venv é --port 0 --detach --json > started.json
    beep eval http 'import needy, shared; needy.version + shared.version + str(6 * 7)' --json
    beep stop http --json > stopped.json
    if beep venv install é absent --json > failed.json; then exit 1; fi
    beep host stop --json > /dev/null
  `
    const { BEEP, NODE } = { BEEP: path.resolve('bin/beep-host.mjs'), NODE: process.execPath }
    const ran = await runCutOff(story, {
      cwd: user.folder,
      env: { ...user.env, PATH: `${user.env['PATH']}:/usr/sbin:/sbin`, BEEP, NODE, BUNDLE: bundle.path },
    })
    expect(ran.stdout + ran.stderr).toContain('1.01.042')
    expect(ran.code).toBe(0)
    expect(ran.stdout).toContain('the settings say offline')
    // A second import of the same brings nothing new.
    const again = await user.json<ImportedBundle>('bundle', 'import', bundle.path)
    expect(again).toMatchObject({ newWheels: 0, runtime: { version: pythonArchive().python } })
    expect(readdirSync(path.join(user.home, 'wheels')).length).toBe(bundle.manifest.wheels.length)
  },
  longMs,
)

test('offline, a Python that is not here is not fetched, and the hint says what to do', async () => {
  const user = userWithCatalog()
  await user.json('config', 'set', 'offline', 'true')
  const failed = await user.beep('init', '--json')
  expect(JSON.parse(failed.stdout)).toMatchObject({
    error: { code: 'NETWORK', message: expect.stringContaining('offline'), hint: expect.stringContaining('bundle') },
  })
})
