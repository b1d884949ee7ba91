import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { pidExists } from '../../../../core/platform/index.ts'
import { run } from '../../../../core/process/index.ts'
import type { RunOptions } from '../../../../core/process/index.ts'
import { failureOf } from '../../../tools/failure-of.ts'
import { env, fixture } from '../../../tools/family.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const say = (what: string, ...rest: string[]) => fixture('proc-output.mjs', what, ...rest)
/** Starts in a moment even on a busy machine, which a Node does not: for tests that must race a deadline. */
const shell = (script: string): [string, ...string[]] => ['/bin/sh', '-c', script]
const isUnix = process.platform !== 'win32'

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
    const lines: string[] = []
    const script = 'sleep 300 & echo $!; trap "echo got SIGTERM; exit 7" TERM; wait'
    const failure = await failureOf(run(shell(script), { env, timeoutMs: 1500, onLine: (line) => lines.push(line) }))
    expect(failure).toMatchObject({
      code: 'TIMEOUT',
      message: '/bin/sh did not end within 1.5 s, and was stopped',
      details: { argv: ['/bin/sh', '-c', script], lastLines: lines },
    })
    expect(lines).toEqual([expect.stringMatching(/^\d+$/u), 'got SIGTERM'])
    expect(pidExists(Number(lines[0]))).toBe(false)
  })

  it.runIf(isUnix)('for its silence has said what it said', async () => {
    const failure = await failureOf(run(shell('echo one line; sleep 300'), { env, silenceMs: 1000 }))
    expect(failure).toMatchObject({
      code: 'TIMEOUT',
      message: '/bin/sh said nothing for 1 s, and was stopped',
      details: { lastLines: ['one line'] },
    })
  })

  it.runIf(isUnix)('is not silent as long as it talks, be it on stderr', async () => {
    const abort = new AbortController()
    const started = performance.now()
    const failure = await failureOf(
      run(shell('while :; do echo tick >&2; sleep 0.05; done'), {
        env,
        silenceMs: 1500,
        signal: abort.signal,
        onLine() {
          if (performance.now() - started > 2000) abort.abort()
        },
      }),
    )
    expect(failure.code).toBe('CANCELLED')
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
