// Runs once around the whole run.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { ensureTestPython } from './tools/test-python.ts'

const realHome = path.join(homedir(), '.beep-python')
const wasThere = existsSync(realHome)

/** Before any worker asks for it: two that made it at once would undo each other's work. */
export function setup(): void {
  ensureTestPython()
}

/** Fails a run in which some test has made the developer's own data root. */
export function teardown(): void {
  if (!wasThere && existsSync(realHome)) {
    throw new Error(`A test wrote to ${realHome}: it passed neither --home nor BEEP_HOME to something that it started`)
  }
}
