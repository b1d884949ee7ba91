import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { diagnosticsSchema } from '../../../contract/index.ts'
import type { Check, Diagnostics, EndpointFile } from '../../../contract/index.ts'
import { createCore } from '../../../core/index.ts'
import { run as runProgram } from '../../../core/process/index.ts'
import { localPython } from '../../tools/test-python.ts'
import { run } from '../../unit/cli/fake-io.ts'
import { terminal } from './terminal.ts'

const secrets = {
  proxy: 'pr0xy-pass-wörd',
  index: 'ind3x-pass',
  printed: 'ghp_1234567890abcdefghijklmnopqrstuvwxyz',
  variable: 'some-value-that-nobody-knows-by-its-form',
}

/** What Python's own reader finds in an archive, every sum checked. */
async function unzipped(file: string): Promise<Record<string, string>> {
  const program = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    print(json.dumps({name: archive.read(name).decode("utf-8") for name in archive.namelist()}))
`
  const argv = [localPython(), '-I', '-X', 'utf8', '-c', program, file] as const
  const { exitCode, stdout, lastLines } = await runProgram(argv, { env: {} })
  expect(exitCode, lastLines.join('\n')).toBe(0)
  return JSON.parse(stdout) as Record<string, string>
}

test('the file has what helps and nothing secret, and is what the preview shows', async () => {
  const user = terminal()
  const index = `https://zoe:${secrets.index}@packages.example/simple`
  // What has no answer in time is another story: a busy machine may take long.
  Object.assign(user.env, { PIP_INDEX_URL: index, BEEP_DIAGNOSTICS_PART_MS: '120000' })
  await user.json('config', 'set', 'proxyUrl', `http://zoë:${secrets.proxy}@127.0.0.1:9`)
  await user.json('config', 'set', 'proxy', 'manual')
  await user.json('start', 'pipe', '--name', 'démo é', '--detach')
  const code = `print("HF_TOKEN=${secrets.variable}\\nusing ${secrets.printed} in ${user.env['HOME']}/project")`
  await user.json('eval', 'démo é', code)
  const endpoint = JSON.parse(readFileSync(path.join(user.home, 'endpoints', 'démo é.json'), 'utf8')) as EndpointFile
  const instance = JSON.parse(readFileSync(path.join(user.home, 'instance.json'), 'utf8')) as { readonly token: string }

  const place = path.join(user.folder, 'for the désk.zip')
  const saved = await user.json<{ readonly checks: Check[]; readonly path: string }>('doctor', '--save', place)
  expect(saved.path).toBe(place)
  expect(saved.checks.map(({ id }) => id)).toContain('data-root')
  expect(statSync(place).mode & 0o777).toBe(0o600)
  const files = await unzipped(place)
  const whole = Object.values(files).join('\n')
  for (const secret of [...Object.values(secrets), instance.token, endpoint.token ?? instance.token]) {
    expect(whole).not.toContain(secret)
    expect(whole).not.toContain(encodeURIComponent(secret))
  }
  expect(whole).not.toContain(user.env['HOME'])
  expect(files['logs/servers/démo é.log']).toContain('HF_TOKEN=***')
  expect(files['logs/servers/démo é.log']).toContain('using *** in ~/project')
  expect(files['logs/host.log']).toMatch(/ started, pid \d+/u)
  expect(JSON.parse(files['variables.json']!)).toMatchObject({
    PIP_INDEX_URL: 'https://***@packages.example/simple',
    HOME: '~',
  })
  expect(JSON.parse(files['settings.json']!)).toMatchObject({ proxyUrl: 'http://127.0.0.1:9' })
  expect(JSON.parse(files['network.json']!)).toMatchObject({ proxy: { origin: 'setting', hasCredentials: true } })
  expect(JSON.parse(files['servers.json']!)).toMatchObject([{ name: 'démo é', state: 'running' }])
  expect(JSON.parse(files['environments.json']!)).toMatchObject([{ name: 'default', state: 'ready' }])
  expect(JSON.parse(files['versions.json']!)).toMatchObject({
    node: process.versions.node,
    installer: { setting: 'auto', inEffect: { version: expect.any(String) as unknown } },
  })
  expect(files['README.txt']).toContain('has been sent to nobody')

  const preview = await user.json<Pick<Diagnostics, 'files'>>('diagnostics')
  // What is empty is left out, and the host may have printed something meanwhile.
  const steady = (names: readonly string[]) => names.filter((name) => name !== 'logs/host-output.log')
  expect(steady(preview.files.map(({ name }) => name))).toEqual(steady(Object.keys(files)))
  const one = await user.json<Diagnostics['files'][number]>('diagnostics', 'settings.json')
  expect(one).toMatchObject({ text: files['settings.json'], bytes: Buffer.byteLength(files['settings.json']!) })

  const unknown = await run(['diagnostics', 'secrets.json'], user.env)
  expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('have no file "secrets.json"')])
  const nowhere = await run(['doctor', '--save', path.join(user.folder, 'not there', 'x.zip')], user.env)
  expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('Could not write')])
})

test('without a host it is gathered just so, and a part that cannot be had says why in its place', async () => {
  const user = terminal()
  mkdirSync(path.join(user.home, 'logs', 'host.log'), { recursive: true })
  writeFileSync(path.join(user.home, 'settings.json'), '{"version":1,"settings":{"theme":"sepia"}}')
  const core = await createCore({ home: user.home, env: user.env, readOnly: true })
  const reply = await core.dispatch('diagnostics.collect', {})
  const { files } = diagnosticsSchema.parse('ok' in reply ? reply.ok : reply)
  const text = (name: string) => files.find((file) => file.name === name)?.text
  expect(text('logs/host.log')).toMatch(/^Could not be told: EISDIR/u)
  expect(text('checks.json')).toContain('settings.theme')
  expect(text('host.json')).toContain('"running": false')
})

test('settings that cannot be read keep nothing back, and passwords that are kept are masked all the same', async () => {
  const user = terminal()
  mkdirSync(path.join(user.home, 'logs'), { recursive: true })
  const core = await createCore({ home: user.home, env: user.env, readOnly: true })
  mkdirSync(path.join(user.home, 'settings.json'))
  const credentials = { 'http://127.0.0.1:9': `zoe:${secrets.index}` }
  writeFileSync(path.join(user.home, 'credentials.json'), JSON.stringify({ version: 1, credentials }))
  writeFileSync(path.join(user.home, 'logs', 'host.log'), `it was ${secrets.index}\n`)
  const reply = await core.dispatch('diagnostics.collect', {})
  const { files } = diagnosticsSchema.parse('ok' in reply ? reply.ok : reply)
  const text = (name: string) => files.find((file) => file.name === name)?.text
  expect(text('settings.json')).toMatch(/^Could not be told: .*EISDIR/u)
  expect(text('logs/host.log')).toBe('it was ***\n')
})

test('into a folder it goes under a name of its own, and the exit code is that of the checks', async () => {
  const user = terminal()
  mkdirSync(user.home)
  const { code, stdout, stderr } = await run(['doctor', '--save', user.folder], user.env)
  const [, place = ''] = /^Wrote them to (.*)$/mu.exec(stdout) ?? []
  expect(path.dirname(place)).toBe(user.folder)
  expect(path.basename(place)).toMatch(/^beep-diagnostics-\d{4}-\d\d-\d\d-\d{6}\.zip$/u)
  expect(existsSync(place)).toBe(true)
  expect(stderr).toContain('It has been sent to nobody.')
  expect(code).toBe(0)
})
