import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AppError } from '../../../../contract/index.ts'
import { pidExists } from '../../../../core/platform/index.ts'
import { exitFailure, run } from '../../../../core/process/index.ts'
import type { RunOptions } from '../../../../core/process/index.ts'
import { env, fixture } from '../../../tools/family.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const say = (what: string, ...rest: string[]) => fixture('proc-output.mjs', what, ...rest)
const isUnix = process.platform !== 'win32'

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(thrown instanceof AppError)) throw new Error(`Expected an AppError, got ${String(thrown)}`)
  return thrown
}

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

describe('a program that is stopped', () => {
  /** Runs the whole family, stubborn as it is, stops it when it is there, and tells what is left of it. */
  async function stopFamily(options: Partial<RunOptions>, onReady: () => void = () => {}) {
    let pids: number[] = []
    const failure = await failureOf(
      run(fixture('proc-family.mjs', '--sigterm', '--child', '--setsid'), {
        env,
        input: '',
        ...options,
        onLine(line) {
          if (!line.startsWith('{')) return
          pids = Object.values(JSON.parse(line) as Record<string, number>)
          onReady()
        },
      }),
    )
    onTestFinished(() => {
      for (const pid of pids) if (pidExists(pid)) process.kill(pid, 'SIGKILL')
    })
    expect(pids).toHaveLength(3)
    return { failure, left: pids.filter(pidExists) }
  }

  it.runIf(isUnix)('by a cancel is gone with its whole tree, and may say a last word', async () => {
    const abort = new AbortController()
    const { failure, left } = await stopFamily({ signal: abort.signal }, () => abort.abort())
    expect(failure).toMatchObject({ code: 'CANCELLED', message: `Cancelled: ${process.execPath}` })
    expect(failure.details?.['lastLines']).toContain('got SIGTERM')
    expect(failure.details).not.toHaveProperty('survivors')
    expect(left).toEqual([])
  })

  it.runIf(isUnix)('by its deadline is gone with its whole tree', async () => {
    const { failure, left } = await stopFamily({ timeoutMs: 4000 })
    expect(failure).toMatchObject({
      code: 'TIMEOUT',
      message: `${process.execPath} did not end within 4 s, and was stopped`,
      details: { argv: expect.arrayContaining(['--child']), lastLines: [expect.any(String), 'got SIGTERM'] },
    })
    expect(left).toEqual([])
  })

  it('for its silence has said what it said', async () => {
    const failure = await failureOf(run(say('silent'), { env, silenceMs: 3000 }))
    expect(failure).toMatchObject({
      code: 'TIMEOUT',
      message: `${process.execPath} said nothing for 3 s, and was stopped`,
      details: { lastLines: ['one line'] },
    })
  })

  it('is not silent as long as it talks', async () => {
    const abort = new AbortController()
    let ticks = 0
    const started = performance.now()
    const failure = await failureOf(
      run(say('chatty'), {
        env,
        silenceMs: 3000,
        signal: abort.signal,
        onLine() {
          ticks += 1
          if (performance.now() - started > 3500) abort.abort()
        },
      }),
    )
    expect(failure.code).toBe('CANCELLED')
    expect(ticks).toBeGreaterThan(5)
  })

  it('for printing too much does not fill the memory', async () => {
    const failure = await failureOf(run(say('huge', String(1e9)), { env, maxStdoutBytes: 1_000_000 }))
    expect(failure).toMatchObject({ code: 'PROCESS_FAILED', message: expect.stringContaining('printed more') })
  })

  it('before its start is not started', async () => {
    const folder = tempFolder()
    const started = path.join(folder, 'started')
    const script = `require('node:fs').writeFileSync(${JSON.stringify(started)}, '')`
    const failure = await failureOf(run([process.execPath, '-e', script], { env, signal: AbortSignal.abort() }))
    expect(failure.code).toBe('CANCELLED')
    expect(await run([process.execPath, '-p', `fs.existsSync(${JSON.stringify(started)})`], { env })).toMatchObject({
      stdout: 'false\n',
    })
  })

  it('leaves nothing behind in the signal', async () => {
    const abort = new AbortController()
    await run(say('exit', '0'), { env, signal: abort.signal })
    abort.abort()
    expect(await run(say('exit', '4'), { env })).toMatchObject({ exitCode: 4 })
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
