import { spawn } from 'node:child_process'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError, exitCodes } from '../contract/index.ts'
import type { Place } from './place.ts'
import type { Door } from './door.ts'
import { connectHost } from './host-door.ts'

/** Milliseconds in which a host must answer: it makes a few folders and opens one socket. */
const upWithinMs = 15_000
const lookEveryMs = 50
/** What the host says outside of its own log (a crash of the interpreter, a failed start); one old file is kept. */
const maxOutputBytes = 1024 * 1024
const evidenceLines = 10

/**
 * Starts a host without a window or a terminal, in a session of its own, and waits until it answers. It ends by itself when
 * it has nothing left to do. Two callers at once get the same host.
 * @throws AppError HOST_UNREACHABLE with the host's last lines; the reason of `signal`.
 */
export async function wakeHost(place: Place, signal: AbortSignal): Promise<Door> {
  const giveUpAt = performance.now() + upWithinMs
  let child = await spawnHost(place)
  try {
    for (;;) {
      signal.throwIfAborted()
      const door = await connectHost(place.home)
      if (door) return door
      const exit = child.exit()
      // Another process is the host already and about to answer, or about to end and still tidying up.
      if (exit === exitCodes.conflict) child = await spawnHost(place)
      else if (exit !== undefined) throw await noHost(`ended with ${exit} before it answered`, child)
      if (performance.now() > giveUpAt) throw await noHost(`did not answer in ${upWithinMs / 1000} s`, child)
      await pause(exit === undefined ? lookEveryMs : lookEveryMs * 10, undefined, { signal }).catch(() => {})
    }
  } catch (error) {
    child.stop()
    throw error
  }
}

interface HostChild {
  readonly argv: readonly string[]
  readonly output: string
  /** Bytes of `output` that are older than this child. */
  readonly outputStart: number
  /** Exit code or signal once it has ended. */
  readonly exit: () => number | string | undefined
  readonly stop: () => void
}

/** The script that is this terminal door: beside this file in the source, this very file once all is one bundle. */
export function ownEntry(file: string): string {
  return file.endsWith('.ts') ? path.join(path.dirname(file), 'main.ts') : file
}

async function spawnHost({ home, env }: Place): Promise<HostChild> {
  const argv = [process.execPath, ownEntry(import.meta.filename), 'serve', '--until-idle', '--home', home]
  const logs = path.join(home, 'logs')
  await mkdir(logs, { recursive: true, mode: 0o700 })
  const output = path.join(logs, 'host-output.log')
  const size = await stat(output).then(
    (found) => found.size,
    () => 0,
  )
  const isFull = size > maxOutputBytes
  if (isFull) await rename(output, `${output}.1`).catch(() => {})
  const file = await open(output, 'a', 0o600)
  try {
    const child = spawn(argv[0]!, argv.slice(1), {
      detached: true,
      stdio: ['ignore', file.fd, file.fd],
      env,
      // Not the caller's folder: a host that stays would keep it from being removed or unmounted.
      cwd: home,
      windowsHide: true,
    })
    let exit: number | string | undefined
    child.once('exit', (code, signal) => (exit = code ?? signal ?? 'an unknown reason'))
    child.once('error', (error) => (exit = error.message))
    child.unref()
    return { argv, output, outputStart: isFull ? 0 : size, exit: () => exit, stop: () => void child.kill() }
  } finally {
    await file.close()
  }
}

async function noHost(what: string, child: HostChild): Promise<AppError> {
  const output = await readFile(child.output).catch(() => Buffer.alloc(0))
  const text = output.subarray(child.outputStart).toString('utf8').trim()
  return new AppError('HOST_UNREACHABLE', `A host was started, and ${what}`, {
    hint: `Run \`beep-host serve\` to see it start; its output is kept in ${child.output}`,
    details: { argv: child.argv, lastLines: text === '' ? [] : text.split('\n').slice(-evidenceLines) },
  })
}
