import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { run } from '../../unit/cli/fake-io.ts'

describe('a failure is one document, with the code that goes with it', () => {
  test.each<[string, string, number]>([
    ['endpoint nobody', 'NOT_FOUND', 3],
    ['logs nobody', 'NOT_FOUND', 3],
    ['eval nobody 1', 'NOT_FOUND', 3],
    ['stop nobody', 'NOT_FOUND', 3],
    ['servers status nobody', 'NOT_FOUND', 3],
    ['venv status nobody', 'NOT_FOUND', 3],
    ['venv delete nobody', 'NOT_FOUND', 3],
    ['packages list nobody', 'NOT_FOUND', 3],
    ['runtimes default nobody', 'NOT_FOUND', 3],
    ['jobs cancel nobody', 'NOT_FOUND', 3],
    ['init --from ./nobody', 'NOT_FOUND', 3],
    ['host stop', 'NOT_RUNNING', 1],
    ['venv delete admin', 'PROTECTED', 4],
    ['venv create ../x', 'INVALID_PARAMS', 2],
    ['venv create x --profile nobody', 'NOT_FOUND', 3],
  ])('%s fails as %s, code %i', async (line, code, exitCode) => {
    const ran = await run([...line.split(' '), '--json'], { BEEP_HOME: path.join(tempFolder(), 'dàta root') })
    expect([ran.code, ran.stderr]).toEqual([exitCode, ''])
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { code, message: expect.any(String) } })
  })
})
