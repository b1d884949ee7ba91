import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { PythonHandle } from '../../../client/src/index.ts'
import { isBackendError, isHandle, WorkerLostError } from '../../../client/src/index.ts'
import { eventually } from '../../unit/client/eventually.ts'
import { tempFolder } from '../../unit/client/temp-folder.ts'
import { connected, doors } from './real-servers.ts'

describe.each(doors)('trouble over %s', (_, startServer) => {
  it('a call that is cancelled stops the code', async () => {
    const python = await connected(await startServer())
    const folder = tempFolder()
    const [begun, ended] = [join(folder, 'begun'), join(folder, 'ended')]
    const code =
      'import time\ntry:\n    open(begun, "w").close()\n    time.sleep(30)\nfinally:\n    open(ended, "w").close()'
    const abort = new AbortController()
    const call = python.evaluate(code, { begun, ended }, { signal: abort.signal })
    const failure = expect(call).rejects.toMatchObject({ code: 'CANCELLED' })
    await eventually('the code has begun', () => existsSync(begun))
    abort.abort()
    await failure
    await eventually('the code has ended', () => existsSync(ended))
    await expect(python.evaluate('while True: pass', {}, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(await python.evaluate('1')).toBe(1)
  })

  it('a ping is answered while code runs', async () => {
    const python = await connected(await startServer())
    const abort = new AbortController()
    const busy = python.evaluate('import time\ntime.sleep(30)', {}, { signal: abort.signal })
    const failure = expect(busy).rejects.toMatchObject({ code: 'CANCELLED' })
    await python.initialize({ timeoutMs: 5000 })
    abort.abort()
    await failure
  })

  it('a worker that dies takes the call and the handles with it, not the connection', async () => {
    const python = await connected(await startServer())
    const thing = await python.wrap([1])
    const error: unknown = await python.evaluate('import os\nos.abort()').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(WorkerLostError)
    if (process.platform !== 'win32') expect(error).toMatchObject({ signal: 'SIGABRT' })
    expect(await python.evaluate('1 + 1')).toBe(2)
    await expect(python.callMethod(thing, 'clear')).rejects.toMatchObject({ code: 'HANDLE_NOT_FOUND' })
    await python.dispose(thing)
  })

  it('a server that is killed is a lost connection', async () => {
    const server = await startServer()
    const python = await connected(server)
    const begun = join(tempFolder(), 'begun')
    const code = 'import time\nopen(begun, "w").close()\ntime.sleep(30)'
    const call = expect(python.evaluate(code, { begun })).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await eventually('the code has begun', () => existsSync(begun))
    server.process.kill('SIGKILL')
    await call
    await eventually('nobody answers any more', async () => {
      const error: unknown = await python.evaluate('1').catch((thrown: unknown) => thrown)
      return isBackendError(error, 'CONNECTION_FAILED')
    })
  })

  it('handles do not pile up in the worker', async () => {
    const python = await connected(await startServer())
    const count = 'import gc\nsum(type(o).__name__ == "Marker" for o in gc.get_objects())'
    await using make = await python.evaluate<PythonHandle>('class Marker: pass\nMarker')
    for (let n = 0; n < 10; n += 1) {
      await using marker = await python.callMethod<PythonHandle>(make, '__call__')
      expect(isHandle(marker)).toBe(true)
    }
    await eventually('all markers are gone', async () => (await python.evaluate(count)) === 0)
  })
})

it.each(doors)('an idle backend over %s lets its process end', async (_, startServer) => {
  const { home, name } = await startServer()
  const client = new URL('../../../client/src/index.ts', import.meta.url).href
  const program = `
    import { connect } from ${JSON.stringify(client)}
    const python = await connect(${JSON.stringify(name)}, { home: ${JSON.stringify(home)} })
    globalThis.kept = await python.evaluate('object()')
    console.log(kept.typeName)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    timeout: 20_000,
  })
  expect(stdout).toBe('object\n')
})
