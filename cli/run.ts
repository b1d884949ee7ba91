import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CommanderError } from 'commander'
import { beepHome } from '../client/src/home.ts'
import { commands, exitCodeOf, exitCodes, toErrorInfo } from '../contract/index.ts'
import type { CommandName } from '../contract/index.ts'
import { openDoor } from './connect.ts'
import type { Place } from './place.ts'
import { call } from './door.ts'
import type { Door } from './door.ts'
import { printFailure } from './failure.ts'
import { looksLikeJson } from './global-options.ts'
import type { GlobalOptions } from './global-options.ts'
import { orAborted } from './interrupt.ts'
import type { Interrupt } from './interrupt.ts'
import type { Io } from './io.ts'
import { createOutput, wantsColor } from './output.ts'
import type { Output } from './output.ts'
import { createProgram } from './program.ts'
import type { Parsed } from './program.ts'
import { runJob } from './run-job.ts'
import { isJustText, usageError } from './usage-error.ts'
import type { Context, Verb } from './verb.ts'
import { verbs } from './verbs.ts'
import { version } from './version.ts'

/** Milliseconds for work to let go and servers to be stopped; what hangs longer must not keep the user. */
const closeWithinMs = 30_000

/** One command line, from its words to its exit code. Never throws: every failure is printed and has a code. */
export async function runCli(argv: readonly string[], io: Io, interrupt: Interrupt): Promise<number> {
  const parsed = parse(argv, io)
  if (typeof parsed === 'number') return parsed
  const { verb, values, globals } = parsed
  const output = outputOf(io, globals)
  const session = createSession(verb, io, output, interrupt, placeOf(io, globals))
  try {
    if (globals.timeout !== undefined) interrupt.startDeadline(globals.timeout)
    const answer = await verb.run(session.context, values)
    output.endProgress()
    if ('text' in answer) output.answer(answer)
    return answer.exitCode ?? exitCodes.done
  } catch (thrown) {
    output.endProgress()
    const info = toErrorInfo(thrown)
    printFailure(output, info)
    if (info.code === 'INTERNAL' && io.env['BEEP_DEBUG']) output.complain(String((thrown as Error).stack))
    return exitCodeOf(info.code)
  } finally {
    interrupt.stopDeadline()
    await session.close()
  }
}

/** What the words mean; or the exit code, where that is the end of it. */
function parse(argv: readonly string[], io: Io): Parsed | number {
  const errors: string[] = []
  let parsed: Parsed | undefined
  const program = createProgram({
    verbs,
    version,
    onParsed: (found) => (parsed = found),
    write: (text) => io.stdout.write(text),
    writeError: (text) => errors.push(text),
  })
  try {
    program.parse([...argv], { from: 'user' })
    if (parsed) return parsed
    return exitCodes.done
  } catch (thrown) {
    if (isJustText(thrown)) return exitCodes.done
    if (!(thrown instanceof CommanderError)) throw thrown
    const json = looksLikeJson(argv)
    // `beep-host` alone asks what there is, and gets it.
    if (thrown.code === 'commander.help' && argv.length === 0) {
      io.stdout.write(errors.join(''))
      return exitCodes.done
    }
    if (!json) for (const text of errors) io.stderr.write(text)
    printFailure(outputOf(io, { json, quiet: false, color: !argv.includes('--no-color') }), usageError(thrown))
    return exitCodes.usage
  }
}

function outputOf(io: Io, { json, quiet, color }: Pick<GlobalOptions, 'json' | 'quiet' | 'color'>): Output {
  return createOutput({ ...io, json, quiet, color: (stream) => wantsColor(stream, io.env, !color) })
}

function placeOf({ cwd, env }: Io, { home }: GlobalOptions): Place {
  const usual = beepHome(undefined, env)
  const chosen = home === undefined ? usual : path.resolve(cwd, home)
  return { home: chosen, env, isUsualHome: chosen === usual }
}

interface Session {
  readonly context: Context<CommandName>
  readonly close: () => Promise<void>
}

/** The verb's context, and the door behind it: opened by the first use. */
function createSession(verb: Verb, io: Io, output: Output, interrupt: Interrupt, place: Place): Session {
  const readOnly = verb.commands.every((name) => commands[name].access === 'read')
  let opened: Promise<Door> | undefined
  const door = () => (opened ??= openDoor(place, readOnly))
  const { signal } = interrupt
  return {
    context: {
      io,
      output,
      place,
      interrupt,
      door: () => orAborted(door(), signal),
      useDoor: (used) => (opened = Promise.resolve(used)),
      call: async (name, params) => orAborted(call(await orAborted(door(), signal), name, params), signal),
      run: async (name, params) =>
        runJob(await orAborted(door(), signal), name, params, { signal, onProgress: output.progress }),
    },
    async close() {
      const closing = opened?.then(
        (used) => used.close(),
        () => {},
      )
      const timer = new AbortController()
      await Promise.race([closing, pause(closeWithinMs, undefined, { signal: timer.signal }).catch(() => {})])
      timer.abort()
    },
  }
}
