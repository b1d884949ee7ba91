import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { pidExists } from '../../../../core/platform/index.ts'
import { exitFailure, run } from '../../../../core/process/index.ts'
import { failureOf } from '../../../tools/failure-of.ts'
import { env, fixture } from '../../../tools/family.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const say = (what: string, ...rest: string[]) => fixture('proc-output.mjs', what, ...rest)
const isUnix = process.platform !== 'win32'

describe('a program that runs to its end', () => {
  it.each([0, 1, 3, 255])('with exit code %i is a result', async (code) => {
    const result = await run(say('exit', String(code)), { env })
    expect(result).toMatchObject({ exitCode: code, signal: null, stdout: '' })
    expect(result.durationMs).toBeGreaterThan(0)
  })

  it.runIf(isUnix)('by a signal is a result, too', async () => {
    expect(await run(say('signal', 'SIGABRT'), { env })).toMatchObject({ exitCode: null, signal: 'SIGABRT' })
  })

  it('gets its arguments as they are: no shell looks at them', async () => {
    const args = ['', ' a  b ', '$(touch x)', '`x`', '*', '"q"', "it's", 'a\nb', '\\', '%PATH%', '-é日👍']
    expect(JSON.parse((await run(say('argv', ...args), { env })).stdout)).toEqual(args)
  })

  it('gets the environment it is given, and nothing of ours', async () => {
    process.env['PROC_SECRET'] = 'secret'
    onTestFinished(() => void delete process.env['PROC_SECRET'])
    const { stdout } = await run(say('env'), { env: { ...env, GIVEN: 'é x' } })
    expect(JSON.parse(stdout)).toMatchObject({ GIVEN: 'é x' })
    expect(stdout).not.toContain('PROC_SECRET')
  })

  it('runs in the folder it is given', async () => {
    const cwd = tempFolder()
    const { stdout } = await run([process.execPath, '-p', 'process.cwd()'], { env, cwd })
    expect(path.basename(stdout.trim())).toBe(path.basename(cwd))
  })

  it('reads the input it is given, and the end of it', async () => {
    const input = 'é\n'.repeat(100_000)
    expect((await run(say('stdin'), { env, input })).stdout).toBe(input)
    expect((await run(say('stdin'), { env, input: '' })).stdout).toBe('')
  })

  it('may leave its input unread', async () => {
    expect(await run(say('exit', '0'), { env, input: 'x'.repeat(1_000_000) })).toMatchObject({ exitCode: 0 })
  })

  it('finds no input where none is given', async () => {
    expect(await run(say('stdin'), { env, timeoutMs: 20_000 })).toMatchObject({ exitCode: 0, stdout: '' })
  })

  it('tells its lines as they come: progress bars, Windows ends, and an end without one', async () => {
    const lines: string[] = []
    const result = await run(say('progress'), { env, onLine: (line, stream) => lines.push(`${stream} ${line}`) })
    expect(lines).toEqual(['10%', '20%', '100%', 'done', 'last'].map((line) => `stdout ${line}`))
    expect(result.lastLines).toEqual(['10%', '20%', '100%', 'done', 'last'])
    expect(result.stdout).toBe('10%\r20%\r100%\r\ndone\rlast\r')
  })

  it('may print what is no UTF-8', async () => {
    expect((await run(say('invalid'), { env })).lastLines).toEqual(['a\uFFFD\uFFFDb', '\uFFFD'])
  })

  it('may print a lot, and all of stdout is there', async () => {
    const bytes = 8 * 1024 * 1024
    const result = await run(say('huge', String(bytes)), { env })
    expect(result.stdout.length).toBe(bytes)
    expect(result.lastLines.length).toBeLessThanOrEqual(50)
  })

  it('has its last words heard', async () => {
    const { stdout, lastLines } = await run(say('last'), { env })
    expect(stdout.length).toBe(40_001 + 'the very last line'.length)
    expect(lastLines.at(-1)).toBe('the very last line')
  })

  it.runIf(isUnix)('is not waited for beyond its end, when something that it left holds its stdout', async () => {
    const { stdout, exitCode } = await run(say('leave'), { env, timeoutMs: 20_000 })
    const left = Number(stdout)
    onTestFinished(() => void process.kill(left, 'SIGKILL'))
    expect(exitCode).toBe(0)
    expect(pidExists(left)).toBe(true)
  })

  it('has its pid told at once', async () => {
    const pids: number[] = []
    const { stdout } = await run([process.execPath, '-p', 'process.pid'], { env, onStart: (pid) => pids.push(pid) })
    expect(pids).toEqual([Number(stdout)])
  })
})

describe('a program that cannot be started', () => {
  it('is missing', async () => {
    const program = path.join(tempFolder(), 'no such program')
    expect(await failureOf(run([program, '-x'], { env }))).toMatchObject({
      code: 'SPAWN_FAILED',
      message: `Could not start ${program}: ENOENT`,
      hint: expect.stringContaining('still exists'),
      details: { argv: [program, '-x'], errno: 'ENOENT' },
    })
  })

  it.runIf(isUnix)('is no program', async () => {
    const folder = tempFolder()
    const program = path.join(folder, 'text')
    writeFileSync(program, 'hello')
    chmodSync(program, 0o644)
    for (const argv of [[program], [folder]] as const) {
      expect(await failureOf(run(argv, { env }))).toMatchObject({
        code: 'SPAWN_FAILED',
        message: `Could not start ${argv[0]}: EACCES`,
        hint: expect.stringContaining('may be executed'),
      })
    }
  })

  it('says so when it is the folder that is missing', async () => {
    const folder = tempFolder()
    writeFileSync(path.join(folder, 'file'), '')
    for (const cwd of [path.join(folder, 'missing'), path.join(folder, 'file')]) {
      expect(await failureOf(run(say('exit', '0'), { env, cwd }))).toMatchObject({
        code: 'SPAWN_FAILED',
        message: `Could not start ${process.execPath} in ${cwd}: there is no such folder`,
      })
    }
    mkdirSync(path.join(folder, 'there'))
    expect(await run(say('exit', '0'), { env, cwd: path.join(folder, 'there') })).toMatchObject({ exitCode: 0 })
  })

  it('gets no argument that no program can get', async () => {
    expect(await failureOf(run(say('argv', 'a\0b'), { env }))).toMatchObject({ code: 'SPAWN_FAILED' })
  })
})

describe('a bad end, in words', () => {
  const evidence = { argv: ['pip', 'install'], exitCode: 1, signal: null, lastLines: ['ERROR: no', ' '] }
  it('names the work, the end and the last word, and carries the evidence', () => {
    const failure = exitFailure('`pip install`', evidence, 'PACKAGES_FAILED', 'Check the name.')
    expect(failure).toMatchObject({
      code: 'PACKAGES_FAILED',
      message: '`pip install` ended with exit code 1: ERROR: no',
      hint: 'Check the name.',
      details: evidence,
    })
    expect(exitFailure('x', { ...evidence, exitCode: null, signal: 'SIGKILL', lastLines: [] }).message).toBe(
      'x was ended by SIGKILL',
    )
    expect(exitFailure('x', { ...evidence, exitCode: null, lastLines: [] }).message).toBe('x ended')
  })
})
