// A client in another language, of nothing but the .proto: docs/examples/go runs, and passes the conformance cases.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../architecture/source-files.ts'
import { buildGoExample } from '../../tools/go-example.ts'
import type { GoExample } from '../../tools/go-example.ts'
import { ensureTestPython } from '../../tools/test-python.ts'
import { startFront } from '../client/real-servers.ts'
import type { Infrastructure } from '../client/real-servers.ts'
import { realHost, scopedWay } from '../infrastructure/host.ts'

const cases = path.join(root, 'contract', 'wire', 'conformance', 'cases.json')

describe('a client made of the proto in Go', () => {
  let built: GoExample
  beforeAll(async () => {
    built = await buildGoExample()
    if ('missing' in built) console.warn(`The client in Go is not tested: ${built.missing}`)
  }, 10 * 60_000)

  async function run(program: 'example' | 'conformance', infrastructure?: Infrastructure): Promise<readonly string[]> {
    if ('missing' in built) throw new Error(built.missing)
    const { home, name } = await startFront('rpc', ensureTestPython(), infrastructure)
    const endpoint = JSON.parse(readFileSync(path.join(home, 'endpoints', `${name}.json`), 'utf8')) as {
      readonly address: string
      readonly token: string
    }
    const env = { ...process.env, BEEP_HOME: home, BEEP_TOKEN: endpoint.token, http_proxy: 'http://127.0.0.1:1' }
    const argv = program === 'example' ? [name] : [endpoint.address, cases]
    const { stdout } = await promisify(execFile)(built[program], argv, { env })
    return stdout.trimEnd().split('\n')
  }

  it('does what its example shows', async (test) => {
    test.skip('missing' in built, 'missing' in built ? built.missing : undefined)
    const shown = [
      'evaluate: 201.06, a Python float',
      "session: words = 'one two three'.split() → null",
      'session: len(words) → 3',
      'execute: asks "Who? "',
      'execute: stdout: "Hello, Gopher\\n"',
      'execute: result 6',
      'array: 200000 numbers of array.array, their sum 9999950000',
      'failure: PYTHON_ERROR: ZeroDivisionError: division by zero',
    ]
    expect(await run('example')).toEqual([...shown, 'environments: FORBIDDEN'])
    const host = await realHost()
    expect(await run('example', await scopedWay(host, 'full'))).toEqual([
      ...shown,
      'environments: my-provider is ready',
      'environments: 1, and Pythons: true',
    ])
  })

  it('passes the conformance cases, none left out', async (test) => {
    test.skip('missing' in built, 'missing' in built ? built.missing : undefined)
    const { groups } = JSON.parse(readFileSync(cases, 'utf8')) as { groups: readonly { cases: readonly unknown[] }[] }
    const count = groups.reduce((sum, group) => sum + group.cases.length, 0)
    const lines = await run('conformance').catch((failed: { stdout: string }) => failed.stdout.split('\n'))
    expect(lines).toEqual([`${count} passed, 0 failed, 0 left out`])
  })
})
