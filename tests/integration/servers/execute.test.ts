import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { EventPayload, ExecutionResult, Job } from '../../../contract/index.ts'
import { createJobs } from '../../../core/jobs/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { asking, context, failure } from './harness.ts'
import { realServers } from './real-servers.ts'

/** Servers on the real engine, and code run on them as the jobs that it is. */
function setUp() {
  const host = realServers()
  const jobs = createJobs(host.events)
  onTestFinished(() => jobs.close())
  const run = (name: string, code: string): Job =>
    jobs.start({
      command: 'servers.execute',
      subject: `server ${name}`,
      exclusive: `run ${name} ${code}`,
      wants: '',
      work: (given, id) => host.servers.execute({ name, code, allowInput: false }, id, given),
    })
  const ended = async (name: string, code: string) => jobs.ended(run(name, code).id)
  const result = async (name: string, code: string): Promise<ExecutionResult> => {
    const job = await ended(name, code)
    if (job.state !== 'succeeded') throw new Error(JSON.stringify(job.error))
    return job.result as ExecutionResult
  }
  const shown = (job: string): EventPayload<'execution.shown'>[] =>
    host.heard.flatMap((event) =>
      event.name === 'execution.shown' && event.payload.job === job ? [event.payload] : [],
    )
  return { ...host, jobs, run, ended, result, shown }
}

describe('code on a real server', () => {
  test('of each transport runs through its pool, shows what it prints, and leaves nothing', async () => {
    const { servers, result } = setUp()
    await servers.start({ transport: 'http', port: 0 }, context())
    await servers.start({ transport: 'rpc', port: 0 }, context())
    await servers.start({ transport: 'pipe' }, context())
    const code = ['import sys', 'print("gruß")', 'print("oh", file=sys.stderr)', '{"n": 2**60}'].join('\n')
    for (const name of ['http', 'rpc', 'pipe']) {
      expect(await result(name, code)).toEqual({
        result: {
          kind: 'value',
          value: { n: { $type: 'int', value: String(2n ** 60n) } },
          typeName: 'dict',
          repr: `{'n': ${2n ** 60n}}`,
        },
        output: [
          { kind: 'text', stream: 'stdout', text: 'gruß\n' },
          { kind: 'text', stream: 'stderr', text: 'oh\n' },
        ],
        isOutputCut: false,
        durationMs: expect.any(Number),
      })
    }
    const made = await result('pipe', 'class Marker:\n  def __repr__(self): return "here"\nMarker()')
    expect(made.result).toEqual({ kind: 'handle', typeName: '__main__.Marker', repr: 'here' })
    // No object and no name is left of it.
    const alive = 'import gc\ngc.collect()\nsum(type(x).__name__ == "Marker" for x in gc.get_objects())'
    expect((await result('pipe', alive)).result).toMatchObject({ value: 0 })
    expect((await result('pipe', '"Marker" in dir()')).result).toMatchObject({ value: false })
  })

  test('is told as it goes, in order, while it still runs', async () => {
    const { servers, jobs, run, shown } = setUp()
    await servers.start({ transport: 'pipe' }, context())
    const job = run('pipe', 'import time\nprint("begun", flush=True)\ntime.sleep(600)')
    await eventually('the output has come', () => shown(job.id).length > 0)
    expect(jobs.get(job.id)).toMatchObject({ state: 'running', progress: { title: 'Running code on pipe' } })
    expect(shown(job.id)).toEqual([
      { job: job.id, seq: 0, output: [{ kind: 'text', stream: 'stdout', text: 'begun\n' }] },
    ])
    jobs.cancel(job.id)
    expect(await jobs.ended(job.id)).toMatchObject({
      state: 'cancelled',
      error: { code: 'CANCELLED', details: { output: [{ text: 'begun\n' }] } },
    })
    expect((await servers.get('pipe')).workersLost).toBe(0)
  })

  test('shows rich results and displays', async () => {
    const { servers, result } = setUp()
    await servers.start({ transport: 'pipe' }, context())
    const code =
      'class A:\n  def _repr_html_(self): return "<b>a</b>"\n  def __repr__(self): return "A"\ndisplay(A())\nA()'
    const { output, result: value } = await result('pipe', code)
    const data = { 'text/plain': 'A', 'text/html': '<b>a</b>' }
    expect(output).toEqual([
      { kind: 'display', data },
      { kind: 'display', data, isResult: true },
    ])
    expect(value).toMatchObject({ kind: 'handle', repr: 'A' })
  })

  test('cannot ask where nobody is there to answer', async () => {
    const { servers, ended } = setUp()
    await servers.start({ transport: 'pipe' }, context())
    expect(await ended('pipe', 'input("name? ")')).toMatchObject({
      state: 'failed',
      error: { code: 'PYTHON_ERROR', message: expect.stringContaining('EOFError') },
    })
  })

  test('that prints without end is cut, and the server goes on', async () => {
    const { servers, result, shown, jobs } = setUp()
    await servers.start({ transport: 'pipe' }, context())
    const long = await result('pipe', 'for _ in range(20_000): print("x" * 99)')
    expect(long.isOutputCut).toBe(true)
    expect(JSON.stringify(long.output).length).toBeLessThan(1.2 * 1024 * 1024)
    const job = jobs.list().at(-1)!
    expect(job).toMatchObject({ isAbridged: true })
    expect(job).not.toHaveProperty('result')
    const told = shown(job.id)
    expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => index))
    expect(told.flatMap(({ output }) => output.map((part) => part.kind === 'text' && part.text)).join('')).toBe(
      long.output.map((part) => part.kind === 'text' && part.text).join(''),
    )
    expect((await result('pipe', '1 + 1')).result).toMatchObject({ value: 2 })
  })
})

describe('code that fails', () => {
  test('tells its traceback, its line, and what it had printed', async () => {
    const { servers, ended } = setUp()
    await servers.start({ transport: 'pipe' }, context())
    expect(await ended('pipe', 'print("first")\ndef f():\n  return 1 / 0\n\nf()')).toMatchObject({
      state: 'failed',
      error: {
        code: 'PYTHON_ERROR',
        message: 'ZeroDivisionError: division by zero',
        details: {
          traceback: expect.stringContaining('line 3, in f'),
          line: 3,
          output: [{ kind: 'text', stream: 'stdout', text: 'first\n' }],
          isOutputCut: false,
        },
      },
    })
    expect(await ended('pipe', 'x = 1\nif True')).toMatchObject({
      error: { code: 'PYTHON_ERROR', details: { line: 2 } },
    })
    expect(await ended('pipe', 'exit(3)')).toMatchObject({ error: { code: 'PYTHON_EXIT', details: { exitCode: 3 } } })
  })

  test('with its worker says why, and the next run has a new one', async () => {
    const { servers, home, jobs, run, result, shown } = setUp()
    await servers.start({ transport: 'http', port: 0 }, context())
    const sign = path.join(home, 'now')
    const wait = `import os, time\nprint("bye", flush=True)\nwhile not os.path.exists(${JSON.stringify(sign)}): time.sleep(0.01)`
    const job = run('http', `${wait}\nos.kill(os.getpid(), 9)`)
    await eventually('its output has come', () => shown(job.id).length > 0)
    writeFileSync(sign, '')
    expect(await jobs.ended(job.id)).toMatchObject({
      state: 'failed',
      error: { code: 'WORKER_LOST', details: { signal: 'SIGKILL', output: [{ text: 'bye\n' }] } },
    })
    expect((await result('http', '1 + 1')).result).toMatchObject({ value: 2 })
    expect(await servers.get('http')).toMatchObject({ state: 'running', workersLost: 1 })
  })

  test('since its server is stopped, or does not run, says so', async () => {
    const { servers, jobs, run, shown, ended } = setUp()
    await servers.start({ transport: 'pipe' }, context())
    const job = run('pipe', 'import time\nprint("begun", flush=True)\ntime.sleep(600)')
    await eventually('it runs', () => shown(job.id).length > 0)
    await servers.stop('pipe')
    expect(await jobs.ended(job.id)).toMatchObject({ state: 'failed', error: { code: 'NOT_RUNNING' } })
    expect(await ended('pipe', '1')).toMatchObject({
      error: { code: 'NOT_RUNNING', message: 'Server pipe is stopped' },
    })
    expect(
      await failure(servers.execute({ name: 'nobody', code: '1', allowInput: false }, 'x', asking())),
    ).toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

test('two runs on one server are two jobs; the second has its turn after the first', async () => {
  const { servers, jobs, run, shown } = setUp()
  await servers.start({ transport: 'pipe' }, context())
  const slow = run('pipe', 'import time\nprint("begun", flush=True)\ntime.sleep(600)')
  await eventually('the first runs', () => shown(slow.id).length > 0)
  const quick = run('pipe', '2 + 2')
  expect(jobs.get(quick.id).state).toBe('running')
  jobs.cancel(slow.id)
  expect(await jobs.ended(quick.id)).toMatchObject({ state: 'succeeded', result: { result: { value: 4 } } })
  const again = jobs.retry(quick.id)
  expect(again.id).not.toBe(quick.id)
  expect(await jobs.ended(again.id)).toMatchObject({ result: { result: { value: 4 } } })
})
