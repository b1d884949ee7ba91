// A client in another language, of nothing but the .proto: docs/examples/go.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildGoExample } from '../../tools/go-example.ts'
import type { GoExample } from '../../tools/go-example.ts'
import { ensureTestPython } from '../../tools/test-python.ts'
import { startFront } from '../client/real-servers.ts'

describe('a client made of the proto in Go', () => {
  let built: GoExample
  beforeAll(async () => {
    built = await buildGoExample()
    if ('missing' in built) console.warn(`The client in Go is not tested: ${built.missing}`)
  }, 10 * 60_000)

  async function run(program: 'example', ...argv: readonly string[]): Promise<readonly string[]> {
    if ('missing' in built) throw new Error(built.missing)
    const { home, name } = await startFront('rpc', ensureTestPython())
    const endpoint = JSON.parse(readFileSync(path.join(home, 'endpoints', `${name}.json`), 'utf8')) as {
      readonly address: string
      readonly token: string
    }
    const env = { ...process.env, BEEP_TOKEN: endpoint.token, http_proxy: 'http://127.0.0.1:1' }
    const { stdout } = await promisify(execFile)(built[program], [endpoint.address, ...argv], { env })
    return stdout.trimEnd().split('\n')
  }

  it('does what its example shows', async (test) => {
    test.skip('missing' in built, 'missing' in built ? built.missing : undefined)
    expect(await run('example')).toEqual([
      'evaluate: 201.06, a Python float',
      "session: words = 'one two three'.split() → null",
      'session: len(words) → 3',
      'execute: asks "Who? "',
      'execute: stdout: "Hello, Gopher\\n"',
      'execute: result 6',
      'array: 200000 numbers of array.array, their sum 9999950000',
      'failure: PYTHON_ERROR: ZeroDivisionError: division by zero',
    ])
  })
})
