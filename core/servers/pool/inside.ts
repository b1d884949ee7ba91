import { AppError } from '../../../contract/index.ts'
import type { CheckedParams, HandleList, Session } from '../../../contract/index.ts'
import { workerAddresses } from '../../platform/index.ts'
import type { LiveRun } from './execute.ts'
import type { PoolAddress, RunningPool } from '../launch-config.ts'
import { poolLink } from './pool-link.ts'
import type { PoolLink } from './pool-link.ts'
import { listSessions, readHandles, readSession } from './session-wire.ts'

/**
 * Milliseconds for what has its turn in the worker's main thread, and waits there for code that runs; and for the start of a
 * process, which needs some tenths of a second on a machine that has nothing else to do.
 */
const turnPatienceMs = 5000
const openMs = 60_000

/** What goes on inside of a running server: sessions, the objects that it holds, and the code that runs. */
export interface Inside {
  /** @throws NOT_FOUND, NOT_RUNNING, as all of these do */
  readonly sessions: (server: string) => Promise<readonly Session[]>
  /** @throws LIMIT_EXCEEDED, BAD_REQUEST for a folder that is none and the like */
  readonly openSession: (params: CheckedParams<'sessions.open'>) => Promise<Session>
  /** @throws SESSION_NOT_FOUND; TIMEOUT while other code keeps its worker busy */
  readonly resetSession: (params: CheckedParams<'sessions.reset'>) => Promise<{ readonly id: string }>
  /** @throws SESSION_NOT_FOUND */
  readonly closeSession: (params: CheckedParams<'sessions.close'>) => Promise<{ readonly id: string }>
  /** @throws SESSION_NOT_FOUND; TIMEOUT while other code keeps its worker busy */
  readonly handles: (params: CheckedParams<'servers.handles'>) => Promise<HandleList>
  /**
   * @throws NOT_FOUND where `execution` is no run that goes on; SESSION_NOT_FOUND; TIMEOUT while native code holds the interpreter
   */
  readonly interrupt: (params: CheckedParams<'servers.interrupt'>) => Promise<{ readonly interrupted: number }>
  /** The way to where code of a session is known. @throws SESSION_NOT_FOUND, TIMEOUT */
  readonly linkTo: (server: string, address: PoolAddress, sessionId: string | undefined) => Promise<PoolLink>
}

export interface InsideDeps {
  /** The pool of a running server. @throws NOT_FOUND, NOT_RUNNING */
  readonly reach: (server: string) => Promise<RunningPool>
  /** What runs by `servers.execute`: id of the job to the hold on it. */
  readonly runs: ReadonlyMap<string, LiveRun>
  readonly turnMs?: number
}

export function createInside({ reach, runs, turnMs = turnPatienceMs }: InsideDeps): Inside {
  const at = async <T>(server: string, work: (link: PoolLink, address: RunningPool) => Promise<T>): Promise<T> => {
    const address = await reach(server)
    const link = poolLink(address)
    try {
      return await work(link, address)
    } finally {
      link.close()
    }
  }
  const toSession = async (server: string, address: PoolAddress, id: string | undefined): Promise<PoolLink> =>
    id === undefined ? poolLink(address) : heard(server, turnMs, (signal) => linkTo(address, id, signal))
  const inSession = async <T>(server: string, id: string | undefined, work: (link: PoolLink) => Promise<T>) => {
    const link = await toSession(server, await reach(server), id)
    try {
      return await work(link)
    } finally {
      link.close()
    }
  }
  return {
    linkTo: toSession,
    sessions: (server) => at(server, (link) => heard(server, turnMs, (signal) => listSessions(link, signal))),
    openSession: ({ server, ...options }) =>
      at(server, async (link) => readSession(await link.ask('session_open', options, AbortSignal.timeout(openMs)))),
    resetSession: ({ server, sessionId }) =>
      inSession(server, sessionId, async (link) => {
        await inTurn(server, turnMs, (signal) => link.ask('session_reset', { sessionId }, signal))
        return { id: sessionId }
      }),
    async closeSession({ server, sessionId }) {
      const link = poolLink(await reach(server))
      const closing = link.ask('session_close', { sessionId })
      // It is found no more from here on; what it holds is let go of when its worker comes to it, for which the line has to stay.
      void closing.catch(() => {}).finally(() => link.close())
      const fields = await Promise.race([closing, later(turnMs)])
      if (fields?.['success'] === false) throw sessionNotFound(server, sessionId)
      return { id: sessionId }
    },
    async handles({ name, sessionId, limit }) {
      const list = async (link: PoolLink): Promise<HandleList> => {
        const payload = { limit, ...(sessionId === undefined ? {} : { sessionId }) }
        return readHandles(await inTurn(name, turnMs, (signal) => link.ask('handles_list', payload, signal)))
      }
      if (sessionId !== undefined) return inSession(name, sessionId, list)
      const lists = await at(name, (link, address) => toEach(link, address, list))
      const count = lists.reduce((sum, one) => sum + one.count, 0)
      return { handles: lists.flatMap(({ handles }) => handles).slice(0, limit), count }
    },
    async interrupt({ name, execution, sessionId, graceSeconds }) {
      if (execution !== undefined) {
        const run = runs.get(execution)
        if (run === undefined) throw noRun(execution)
        const isTold = await Promise.race([run.interrupt(graceSeconds), later(turnMs)])
        if (isTold === undefined) throw hearsNothing(name)
        return { interrupted: isTold ? 1 : 0 }
      }
      const grace = graceSeconds === undefined ? {} : { graceSeconds }
      const tell = async (link: PoolLink, place: object): Promise<boolean> => {
        const asked = heard(name, turnMs, (signal) => link.ask('interrupt', { ...place, ...grace }, signal))
        return (await asked)['success'] === true
      }
      return at(name, async (link, address) => {
        if (sessionId !== undefined) return { interrupted: (await tell(link, { sessionId })) ? 1 : 0 }
        const sessions = await heard(name, turnMs, (signal) => listSessions(link, signal))
        const own = sessions.filter(({ ownProcess, requests }) => ownProcess && requests > 0)
        const [shared, ...told] = await Promise.all([
          toEach(link, address, (worker) => tell(worker, {})),
          ...own.map(({ id }) => tell(link, { sessionId: id }).catch(() => false)),
        ])
        return { interrupted: [...shared, ...told].filter(Boolean).length }
      })
    },
  }
}

/** Asks each worker of a server; `only` is the way to it where there is one. */
async function toEach<T>(
  only: PoolLink,
  { path, token, workers = 1 }: RunningPool,
  ask: (link: PoolLink) => Promise<T>,
): Promise<readonly T[]> {
  if (workers === 1) return [await ask(only)]
  const [, ...addresses] = workerAddresses(path, workers)
  const links = addresses.map((address) => poolLink({ path: address, token }))
  try {
    return await Promise.all(links.map(ask))
  } finally {
    for (const link of links) link.close()
  }
}

async function linkTo(address: PoolAddress, sessionId: string, signal: AbortSignal): Promise<PoolLink> {
  const link = poolLink(address)
  try {
    const { path } = await link.ask('session_heartbeat', { sessionId }, signal)
    if (typeof path !== 'string') return link
    link.close()
    return poolLink({ path, token: address.token })
  } catch (error) {
    link.close()
    throw error
  }
}

type Ask<T> = (signal: AbortSignal) => Promise<T>

/** For what has its turn in the worker's main thread. */
function inTurn<T>(server: string, ms: number, ask: Ask<T>): Promise<T> {
  return within(
    ms,
    ask,
    () =>
      new AppError('TIMEOUT', `Server ${server} is busy with other code`, {
        hint: `Wait until that is done, or stop it: \`beep-host interrupt ${server}\`.`,
      }),
  )
}

/** For what is answered at any time at which the worker hears. */
function heard<T>(server: string, ms: number, ask: Ask<T>): Promise<T> {
  return within(ms, ask, () => hearsNothing(server))
}

async function within<T>(ms: number, ask: Ask<T>, late: () => AppError): Promise<T> {
  const signal = AbortSignal.timeout(ms)
  try {
    return await ask(signal)
  } catch (error) {
    throw signal.aborted ? late() : error
  }
}

/** docs/wire.md §2.3 */
function hearsNothing(server: string): AppError {
  return new AppError('TIMEOUT', `The code on server ${server} holds the interpreter, which hears nothing meanwhile`, {
    hint: `It is interrupted when it comes back to Python. \`beep-host servers restart ${server}\` ends it at once.`,
  })
}

function later(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms).unref())
}

function sessionNotFound(server: string, id: string): AppError {
  return new AppError('SESSION_NOT_FOUND', `There is no session ${JSON.stringify(id)} on server ${server}`, {
    hint: `See \`beep-host session list ${server}\` for those there are.`,
  })
}

export function noRun(execution: string): AppError {
  return new AppError('NOT_FOUND', `There is no code that runs as job ${execution}`, {
    hint: 'It may have ended just now: see `beep-host jobs list`.',
  })
}
