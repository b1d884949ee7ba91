import { describe, expect, it } from 'vitest'
import type { Execution, ExecutionEvent } from '../../../client/src/index.ts'
import { CancelledError, isHandle, PythonError, TimeoutError, WorkerLostError } from '../../../client/src/index.ts'
import { connected, doors } from './real-servers.ts'

async function all(events: AsyncIterable<ExecutionEvent>): Promise<ExecutionEvent[]> {
  const seen: ExecutionEvent[] = []
  for await (const event of events) seen.push(event)
  return seen
}

describe.each(doors)('execute over %s', (_, startServer) => {
  it('tells what the code shows, in order, and its result', async () => {
    const python = await connected(await startServer())
    const run = python.execute<number>('import sys\nprint("é")\nsys.stderr.write("no")\ndisplay([n])\nn * 2', {
      locals: { n: 21 },
    })
    expect(await all(run)).toEqual([
      { type: 'output', stream: 'stdout', text: 'é\n', cut: false },
      { type: 'output', stream: 'stderr', text: 'no', cut: false },
      { type: 'display', data: { 'text/plain': '[21]' }, isResult: false },
    ])
    expect(await run.result).toEqual({ value: 42, repr: '42', typeName: 'int', isOutputCut: false })
    expect((await python.execute('import asyncio\nawait asyncio.sleep(0, "slept")').result).value).toBe('slept')
    expect((await python.execute('x = 1').result).value).toBe(null)
  })

  it('gives values and handles as evaluate does', async () => {
    const python = await connected(await startServer())
    const { value: bytes } = await python.execute('print("x")\nb"\\x01" * 100_000').result
    expect(bytes).toEqual(new Uint8Array(100_000).fill(1))
    const { value: handle, repr } = await python.execute('class Page:\n  def _repr_html_(self): return "<p>"\nPage()')
      .result
    expect(isHandle(handle)).toBe(true)
    expect(repr).toMatch(/^<__main__\.Page object/u)
    expect((await python.execute('type(h).__name__', { locals: { h: handle } }).result).value).toBe('Page')
  })

  it('hands what it tells to callbacks', async () => {
    const python = await connected(await startServer())
    const seen: unknown[] = []
    const run = python.execute('name = input("Name? ")\nprint("Hello", name)\ndisplay(1)\ninput("More? ")', {
      onOutput: (text, stream) => seen.push([stream, text]),
      onDisplay: (data) => seen.push(data),
      onInput: async (prompt, password) => {
        seen.push([prompt, password])
        return prompt === 'Name? ' ? 'Zoë' : undefined
      },
    })
    await expect(run.result).rejects.toMatchObject({ exceptionType: 'EOFError', details: { line: 4 } })
    expect(seen).toEqual([['Name? ', false], ['stdout', 'Hello Zoë\n'], { 'text/plain': '1' }, ['More? ', false]])
    expect(await python.evaluate('1')).toBe(1)
  })

  it('lets a reader answer what the code asks', async () => {
    const python = await connected(await startServer())
    const run = python.execute('import getpass\n[input("a"), getpass.getpass("b")]')
    for await (const event of run) {
      if (event.type !== 'input') continue
      event.answer(event.password ? 'secret' : 'plain')
    }
    expect((await run.result).value).toEqual(['plain', 'secret'])
    await expect(python.execute('input()').result).rejects.toMatchObject({ exceptionType: 'EOFError' })
  })

  it('fails at the end of the events, and in the result', async () => {
    const python = await connected(await startServer())
    const run = python.execute('print("so far")\n\nraise ValueError("x")')
    const seen: ExecutionEvent[] = []
    await expect(
      (async () => {
        for await (const event of run) seen.push(event)
      })(),
    ).rejects.toBeInstanceOf(PythonError)
    expect(seen).toHaveLength(1)
    await expect(run.result).rejects.toMatchObject({ message: 'ValueError: x', details: { line: 3 } })
    await expect(python.execute('x = (').result).rejects.toMatchObject({ exceptionType: 'SyntaxError' })
    await expect(python.execute('exit(3)').result).rejects.toMatchObject({ code: 'PYTHON_EXIT', exitCode: 3 })
    await expect(python.execute('h', { locals: { h: Symbol('x') } }).result).rejects.toMatchObject({
      code: 'UNSUPPORTED_VALUE',
    })
  })

  it('stops the code: by cancel, by a signal, in time, and when a reader leaves', async () => {
    const python = await connected(await startServer())
    const endless = 'print("begun", flush=True)\nimport time\ntime.sleep(1000)'
    const first = python.execute(endless)
    for await (const event of first) {
      expect(event).toMatchObject({ text: 'begun\n' })
      break
    }
    await expect(first.result).rejects.toBeInstanceOf(CancelledError)
    const cancelled = python.execute(endless, { onOutput: () => cancelled.cancel() })
    await expect(cancelled.result).rejects.toBeInstanceOf(CancelledError)
    const controller = new AbortController()
    const aborted = python.execute(endless, { signal: controller.signal, onOutput: () => controller.abort() })
    await expect(aborted.result).rejects.toBeInstanceOf(CancelledError)
    await expect(python.execute(endless, { signal: controller.signal }).result).rejects.toBeInstanceOf(CancelledError)
    await expect(python.execute(endless, { timeoutMs: 300 }).result).rejects.toBeInstanceOf(TimeoutError)
    const waiting: Execution = python.execute('input()', {
      onInput() {
        waiting.cancel()
        return undefined
      },
    })
    await expect(waiting.result).rejects.toBeInstanceOf(CancelledError)
    expect(await python.evaluate('"goes on"')).toBe('goes on')
  })

  it('reports a callback that throws', async () => {
    const python = await connected(await startServer())
    const run = python.execute('while True: print("x")', {
      onOutput: () => {
        throw new RangeError('mine')
      },
    })
    await expect(run.result).rejects.toThrow(RangeError)
    const asked = python.execute('input()', { onInput: () => Promise.reject(new RangeError('mine')) })
    await expect(asked.result).rejects.toThrow(RangeError)
    expect(await python.evaluate('1')).toBe(1)
  })

  it('carries much output at the pace of its reader, and holds up nothing else', async () => {
    const python = await connected(await startServer())
    const run = python.execute('for n in range(8_000): print(f"{n:999}")\n"end"')
    let text = ''
    for await (const event of run) {
      if (text === '') {
        // The code waits for us: the server still answers.
        await python.initialize()
      }
      if (event.type === 'output') text += event.text
    }
    expect(text).toBe(Array.from({ length: 8000 }, (_unused, n) => `${String(n).padStart(999)}\n`).join(''))
    expect(await run.result).toMatchObject({ value: 'end', isOutputCut: false })
  })

  it('does not make code wait for events that nobody reads', async () => {
    const python = await connected(await startServer())
    const run = python.execute('for n in range(8_000): print(f"{n:999}")\n"end"')
    expect(await run.result).toMatchObject({ value: 'end' })
    const kept = await all(run)
    expect(kept[0]).toMatchObject({ type: 'output', stream: 'stdout' })
    const limited = python.execute('print("x" * 100)', { outputLimit: 10 })
    expect(await all(limited)).toEqual([
      { type: 'output', stream: 'stdout', text: 'x'.repeat(10), cut: false },
      expect.objectContaining({ stream: 'stderr', cut: true }),
    ])
    expect((await limited.result).isOutputCut).toBe(true)
  })

  it('runs many at once, and tells of a worker that dies', async () => {
    const python = await connected(await startServer())
    const runs = Array.from({ length: 8 }, (_unused, n) => python.execute(`print(${n}, flush=True)\n${n}`))
    const texts = await Promise.all(runs.map(all))
    expect(texts.map((events) => events.length)).toEqual(Array(8).fill(1))
    expect(await Promise.all(runs.map(async ({ result }) => (await result).value))).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    await expect(python.execute('import os\nos._exit(3)').result).rejects.toBeInstanceOf(WorkerLostError)
    expect((await python.execute('1').result).value).toBe(1)
    const last = python.execute('while True: pass')
    await python.close()
    await expect(last.result).rejects.toMatchObject({ code: 'CLOSED' })
    await expect(python.execute('1').result).rejects.toMatchObject({ code: 'CLOSED' })
  })
})
