import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { run } from '../../core/process/index.ts'
import { env, fixture } from '../tools/family.ts'
import { tempFolder } from '../tools/temp-folder.ts'

// Under plain Node, the npm package electron is the path of a binary: importing it does not fail, so a start alone proves nothing.
it.each(['absent', 'present'])(
  'core starts without a window, with electron %s, and nobody asks for it',
  async (electron) => {
    const home = tempFolder()
    const result = await run(fixture('proc-headless.ts', electron, home), { env, timeoutMs: 25_000 })
    expect(result, result.lastLines.join('\n')).toMatchObject({ exitCode: 0 })
    expect(JSON.parse(result.stdout)).toMatchObject({
      asked: [],
      info: { ok: { running: false, pid: null, home } },
      snapshot: { ok: { servers: [], jobs: [], environments: [] } },
    })
    expect(readdirSync(home)).not.toContain('instance.json')
  },
)
