import { onTestFinished } from 'vitest'
import type { PythonBackend } from '../../../client/src/backend.ts'
import { createPipeBackend } from '../../../client/src/create-backend.ts'
import type { BackendOptions } from '../../../client/src/create-backend.ts'
import { FakePool } from './fake-pool.ts'
import { tempFolder } from './temp-folder.ts'

/** A scripted pool and a backend that talks to it. */
export async function startPipe(options: BackendOptions = {}): Promise<{ pool: FakePool; python: PythonBackend }> {
  const pool = await FakePool.listen()
  const python = createPipeBackend(pool.path, { home: tempFolder(), ...options })
  onTestFinished(() => python.close())
  return { pool, python }
}
