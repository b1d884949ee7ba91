import { setTimeout as pause } from 'node:timers/promises'
import type { AppError, LogLine } from '../../contract/index.ts'
import { launch } from '../process/index.ts'
import type { ExitEvidence, ExitFacts, Launched } from '../process/index.ts'
import type { LaunchConfig } from './launch-config.ts'
import { badReadyLine, endedBeforeReady, endedByItself, refusedToStart } from './launch-failure.ts'
import { readReadyLine } from './ready-line.ts'
import type { LaunchedRole, ReadyFacts } from './ready-line.ts'
import { isFactLine, readFact } from './server-facts.ts'
import type { WorkerFact } from './server-facts.ts'

export type WriteLog = (source: LogLine['source'], stream: LogLine['stream'], text: string) => void

export interface ServerProcessHooks {
  readonly log: WriteLog
  readonly onFact: (fact: WorkerFact) => void
  /** Takes secrets out of a text. */
  readonly mask: (text: string) => string
}

/** One process of a server, from its launch on. */
export interface ServerProcess<R extends LaunchedRole = LaunchedRole> {
  readonly role: R
  readonly launched: Launched
  /** What the ready line said. Rejects like `failed` where there is none. */
  readonly ready: Promise<ReadyFacts<R>>
  /** Rejects when the process refuses, ends before it is ready, or ends at all: with its evidence. Never resolves. */
  readonly failed: Promise<never>
  readonly evidence: (exit?: ExitFacts) => ExitEvidence
}

/** Milliseconds that a process has to end after it refused to start, so that its exit code can be told. */
const refusalExitMs = 1000

/**
 * Launches one process of a server and listens for its ready line, its facts and its end.
 * @throws SPAWN_FAILED
 */
export async function startProcess<R extends LaunchedRole>(
  server: string,
  role: R,
  config: LaunchConfig,
  hooks: ServerProcessHooks,
): Promise<ServerProcess<R>> {
  const ready = Promise.withResolvers<ReadyFacts<R>>()
  const failed = Promise.withResolvers<never>()
  let heard: 'nothing' | 'ready' | 'refusal' = 'nothing'
  let announcement: string | undefined
  /** What it said of its own end. */
  let why: string | undefined

  // A line may arrive only after `launch` has given the process out: it starts reading on the next turn.
  const launched = await launch(config.argv, {
    env: config.env,
    cwd: config.cwd,
    ...(config.firstLine === undefined ? {} : { firstLine: config.firstLine }),
    onLine: (line, stream) => {
      if (heard === 'nothing' && stream === 'stdout' && hear(line)) return
      const fact = stream === 'stderr' ? readFact(line) : undefined
      hooks.log(role, fact === undefined ? stream : 'event', line)
      if (fact === undefined || fact === 'event') return
      if (fact.event === 'pool.failed') why = fact.message
      else hooks.onFact(fact)
    },
  })
  const evidence = (exit: ExitFacts = { exitCode: null, signal: null }): ExitEvidence => ({
    argv: launched.argv,
    ...exit,
    lastLines: launched
      .lastLines()
      .filter((line) => line !== announcement && !isFactLine(line))
      .map(hooks.mask),
  })
  const fail = (error: AppError) => {
    ready.reject(error)
    failed.reject(error)
  }
  /** True if the line was the ready line. */
  function hear(line: string): boolean {
    const read = readReadyLine(role, line)
    if (read.kind === 'output') return false
    hooks.log(role, 'event', line)
    announcement = line
    heard = read.kind === 'ready' ? 'ready' : 'refusal'
    if (read.kind === 'ready') ready.resolve(read.facts)
    else if (read.kind === 'invalid') fail(badReadyLine(server, role, read.problem, evidence()))
    else {
      const { refusal } = read
      void Promise.race([launched.exited, pause(refusalExitMs, undefined, { ref: false })]).then((exit) =>
        fail(refusedToStart(server, role, refusal, evidence(exit))),
      )
    }
    return true
  }
  void launched.exited.then((exit) => {
    if (heard === 'refusal') return
    if (heard === 'nothing') fail(endedBeforeReady(server, role, evidence(exit)))
    else fail(endedByItself(server, role, evidence(exit), why))
  })
  // Whoever is not listening at that moment must not bring the host down.
  ready.promise.catch(() => {})
  failed.promise.catch(() => {})
  return { role, launched, ready: ready.promise, failed: failed.promise, evidence }
}
