import { create } from 'zustand'
import { toErrorInfo } from '../../contract/index.ts'
import type { ErrorInfo, Session, SessionOptions } from '../../contract/index.ts'
import { call } from './call.ts'

/** The sessions of one server, as they were at a moment. */
export interface ListedSessions {
  readonly sessions: readonly Session[]
  /** Milliseconds, by this machine's clock. */
  readonly at: number
  /** Why the last look failed; the sessions are those of the look before. */
  readonly error?: ErrorInfo
}

interface SessionsState {
  /** By server; absent: nobody has looked yet. */
  readonly listed: Readonly<Record<string, ListedSessions>>
}

export const useSessions = create<SessionsState>()(() => ({ listed: {} }))

/** Milliseconds between two looks while somebody watches: no event tells of a session. */
const lookMs = 2000

interface Watch {
  watchers: number
  timer: ReturnType<typeof setTimeout> | undefined
}
const watches = new Map<string, Watch>()

/** Looks now, and again and again. Returns the way to stop. */
export function watchSessions(server: string): () => void {
  const watch = watches.get(server) ?? { watchers: 0, timer: undefined }
  watches.set(server, watch)
  watch.watchers += 1
  const look = async () => {
    await refreshSessions(server)
    if (watch.watchers > 0) watch.timer = setTimeout(() => void look(), lookMs)
  }
  if (watch.watchers === 1) void look()
  return () => {
    watch.watchers -= 1
    if (watch.watchers > 0) return
    clearTimeout(watch.timer)
    watches.delete(server)
  }
}

/** Each look has its number: an answer that is older than what is known says nothing. */
let looks = 0
const newest = new Map<string, number>()

export async function refreshSessions(server: string): Promise<void> {
  const mine = (looks += 1)
  const put = (change: (before: ListedSessions | undefined) => ListedSessions) => {
    if ((newest.get(server) ?? 0) > mine) return
    newest.set(server, mine)
    useSessions.setState(({ listed }) => ({ listed: { ...listed, [server]: change(listed[server]) } }))
  }
  try {
    const sessions = await call('sessions.list', { server })
    put(() => ({ sessions, at: Date.now() }))
  } catch (thrown) {
    put((before) => ({ sessions: before?.sessions ?? [], at: before?.at ?? Date.now(), error: toErrorInfo(thrown) }))
  }
}

/** Those of a run of the server that has ended say nothing about the next. */
export function forgetSessions(server: string): void {
  newest.set(server, (looks += 1))
  useSessions.setState(({ listed }) => {
    const { [server]: _, ...others } = listed
    return { listed: others }
  })
}

/** @throws AppError, as all of these do */
export async function openSession(server: string, options: SessionOptions): Promise<Session> {
  const session = await call('sessions.open', { server, ...options })
  await refreshSessions(server)
  return session
}

export async function resetSession(server: string, sessionId: string): Promise<void> {
  await call('sessions.reset', { server, sessionId })
  await refreshSessions(server)
}

export async function closeSession(server: string, sessionId: string): Promise<void> {
  await call('sessions.close', { server, sessionId })
  await refreshSessions(server)
}
