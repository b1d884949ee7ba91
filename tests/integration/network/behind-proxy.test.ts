// A company's network: the hosts of Pythons and packages are known to its proxy alone, and signed by an authority of its own.
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Environment, Network, NetworkTestRow, Runtime } from '../../../contract/index.ts'
import { pythonArchive } from '../../fixtures/python-archive/build.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { terminal } from '../cli/terminal.ts'
import { noIndexSettings, writeWheel } from '../environments/wheels.ts'
import { hasUv, uvVariables } from '../environments/with-installers.ts'
import { startCompany } from './company.ts'

/** Longest for all that one test does: two Pythons unpacked and six installations. */
const patienceMs = 120_000

/** A user of that network, and how their words come out: a document, or the error of one that failed. */
async function userOf() {
  const wheels = tempFolder()
  writeWheel(wheels, { name: 'company-tool', version: '1.0', requires: ['company-base'] })
  writeWheel(wheels, { name: 'company-base', version: '2.0' })
  const archive = pythonArchive()
  const company = await startCompany({ scratch: tempFolder(), pythons: archive.mirror, wheels })
  const user = terminal()
  Object.assign(user.env, noIndexSettings(), uvVariables(user.folder), {
    BEEP_PYTHON_CATALOG: archive.catalog,
    BEEP_DOWNLOAD_RETRY_MS: '5',
    PIP_RETRIES: '1',
    UV_HTTP_RETRIES: '0',
  })
  const set = (key: string, ...values: string[]) => user.json('config', 'set', key, ...values)
  const problem = async (...words: string[]) => {
    const { code, stdout, stderr } = await user.beep(...words)
    expect(code, stdout).not.toBe(0)
    return stderr
  }
  return { company, user, set, problem, archive }
}

it(
  'installs a Python and packages through a proxy with a private authority, and says what is missing until then',
  { timeout: patienceMs },
  async () => {
    const { company, user, set, problem, archive } = await userOf()
    await set('pythonMirror', company.mirror)
    await set('packageIndex', company.index)

    // Nobody else knows the names of the company's hosts.
    const nameless = await problem('init')
    expect(nameless).toContain('The name of pythons.company.test could not be found')
    expect(nameless).toContain('beep-host config set proxyUrl')

    await set('proxyUrl', company.proxy.url)
    await set('proxy', 'manual')
    const untrusted = await problem('init')
    expect(untrusted).toContain('pythons.company.test is signed by “Company Root”, which this machine does not trust')
    expect(untrusted).toContain('beep-host config set extraCa')
    const [python, packages] = await user.json<NetworkTestRow[]>('network', 'test')
    expect([python, packages]).toMatchObject([
      {
        purpose: 'python',
        host: 'pythons.company.test:443',
        outcome: 'failed',
        cause: 'certificate-unknown',
        issuer: 'Company Root',
        proxy: company.proxy.url,
      },
      { purpose: 'packages', host: 'packages.company.test:443', outcome: 'failed', cause: 'certificate-unknown' },
    ])

    await set('extraCa', company.authorityFile)
    const runtime = await user.json<Runtime>('init')
    expect(runtime.id).toBe(archive.id)
    expect(company.proxy.asked).toContain('pythons.company.test:443')
    for (const installer of hasUv ? ['uv', 'pip'] : ['pip']) {
      await set('installer', installer)
      const made = await user.json<Environment>('venv', 'create', `with ${installer}`, 'company-tool')
      expect(made.requirements).toEqual(['company-tool'])
      const there = await user.json<{ name: string }[]>('packages', 'list', `with ${installer}`)
      expect(there.map(({ name }) => name)).toEqual(expect.arrayContaining(['company-base', 'company-tool']))
    }
    expect(company.proxy.asked).toContain('packages.company.test:443')
    expect(await user.json<NetworkTestRow[]>('network', 'test')).toMatchObject([
      { outcome: 'ok', status: 200, issuer: 'Company Root', proxy: company.proxy.url, cause: null },
      { outcome: 'ok', status: 200, issuer: 'Company Root', proxy: company.proxy.url, cause: null },
    ])

    // Without the settings the installers say the same.
    for (const installer of hasUv ? ['uv', 'pip'] : ['pip']) {
      await set('installer', installer)
      await set('extraCa', '[]')
      expect(await problem('venv', 'create', 'other', 'company-tool')).toMatch(
        /The certificate of packages\.company\.test(:443)? is signed by an authority that this machine does not trust/u,
      )
      await set('extraCa', company.authorityFile)
      company.proxy.wants('zoë:p@ss')
      expect(await problem('venv', 'create', 'other', 'company-tool')).toContain(
        'The proxy wants a name and a password',
      )
      company.proxy.wants(undefined)
    }
  },
)

it('signs in at the proxy, and keeps the password to itself', { timeout: patienceMs }, async () => {
  const { company, user, set } = await userOf()
  company.proxy.wants('zoë:p@ss word')
  await set('pythonMirror', company.mirror)
  await set('packageIndex', company.index)
  await set('extraCa', company.authorityFile)
  await set('proxyUrl', company.proxy.url)
  await set('proxy', 'manual')
  expect(await user.json<NetworkTestRow[]>('network', 'test')).toMatchObject([
    {
      outcome: 'failed',
      cause: 'proxy-password',
      status: 407,
      message: `The proxy ${company.proxy.url} wants a name and a password`,
    },
    { outcome: 'failed', cause: 'proxy-password' },
  ])
  const told = await user.start(['config', 'set', 'proxyUrl', '-'], {
    input: `${company.proxy.url.replace('//', '//zoë:p@ss%20word@')}\n`,
  }).ended
  expect(told).toMatchObject({ code: 0, stdout: `proxyUrl is ${company.proxy.url} now\n` })
  const made = await user.json<Environment>('venv', 'create', 'behind', 'company-base')
  expect(made.requirements).toEqual(['company-base'])
  company.proxy.answers(403)
  const failed = await user.json<NetworkTestRow[]>('network', 'test')
  expect(failed).toMatchObject([{ cause: 'proxy-refused', status: 403 }, { cause: 'proxy-refused' }])
  const network = await user.json<Network>('network', 'show')
  expect(network.proxy).toMatchObject({ origin: 'setting', https: company.proxy.url, hasCredentials: true })

  const { stdout, stderr } = await user.beep('venv', 'create', 'other', 'company-tool', '--json')
  const seen = [JSON.stringify([network, failed, told]), stdout, stderr, await user.beep('config')]
  const settings = readFileSync(path.join(user.home, 'settings.json'), 'utf8')
  expect(JSON.stringify([...seen, settings])).not.toMatch(/p(@|%40)ss/u)
  expect(statSync(path.join(user.home, 'credentials.json')).mode & 0o777).toBe(0o600)
  await set('proxyUrl', 'http://127.0.0.1:9')
  expect(readFileSync(path.join(user.home, 'credentials.json'), 'utf8')).not.toMatch(/ss/u)
})
