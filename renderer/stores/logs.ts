import { create } from 'zustand'
import { toErrorInfo } from '../../contract/index.ts'
import type { ErrorInfo, LogLine } from '../../contract/index.ts'
import { call } from './call.ts'
import { appendLines, createLogBuffer, mergeLines } from './log-buffer.ts'
import type { LogBuffer } from './log-buffer.ts'

/** Lines kept of a log that is on screen, and of one that is not. */
export const watchedLines = 100_000
const unwatchedLines = 1_000

interface LogsState {
  /** Raised with each change of that server's lines; the lines themselves are in `linesOf`. */
  readonly versions: Readonly<Record<string, number>>
  /** Why a watched log could not be fetched. */
  readonly errors: Readonly<Record<string, ErrorInfo | undefined>>
}

export const useLogs = create<LogsState>()(() => ({ versions: {}, errors: {} }))

const buffers = new Map<string, LogBuffer>()
/** Server to the number of places on screen that show its log. */
const watchers = new Map<string, number>()

function bufferOf(server: string): LogBuffer {
  let buffer = buffers.get(server)
  if (!buffer) buffers.set(server, (buffer = createLogBuffer(watchers.has(server) ? watchedLines : unwatchedLines)))
  return buffer
}

function changed(server: string): void {
  useLogs.setState(({ versions }) => ({ versions: { ...versions, [server]: (versions[server] ?? 0) + 1 } }))
}

/** The lines known of a server, oldest first. The array is changed in place: look at it again when the version rises. */
export function linesOf(server: string): readonly LogLine[] {
  return buffers.get(server)?.lines ?? []
}

export function appendLog(server: string, lines: readonly LogLine[]): void {
  const appended = appendLines(bufferOf(server), lines)
  if (appended === 'nothing') return
  changed(server)
  if (appended === 'gap' && watchers.has(server)) void fetchLog(server)
}

/** Fetches what the host has kept of a log; a failure is told in `errors`. */
export async function fetchLog(server: string): Promise<void> {
  try {
    const fetched = await call('servers.logs', { name: server, lines: watchedLines })
    mergeLines(bufferOf(server), fetched)
    useLogs.setState(({ errors }) => ({ errors: { ...errors, [server]: undefined } }))
    changed(server)
  } catch (error) {
    useLogs.setState(({ errors }) => ({ errors: { ...errors, [server]: toErrorInfo(error) } }))
  }
}

/** Fetches a log and keeps much of it from now on, over reconnects, too. Returns the way to stop. */
export function watchLog(server: string): () => void {
  watchers.set(server, (watchers.get(server) ?? 0) + 1)
  bufferOf(server).limit = watchedLines
  void fetchLog(server)
  return () => {
    const left = (watchers.get(server) ?? 1) - 1
    if (left > 0) return void watchers.set(server, left)
    watchers.delete(server)
    const buffer = bufferOf(server)
    buffer.limit = unwatchedLines
    buffer.lines = buffer.lines.slice(-unwatchedLines)
  }
}

/** After a pause in the connection: lines were missed. */
export function refetchWatchedLogs(): void {
  for (const server of watchers.keys()) void fetchLog(server)
}

export function forgetLog(server: string): void {
  buffers.delete(server)
  changed(server)
}

/** Line numbers begin anew with each host. */
export function forgetAllLogs(): void {
  for (const server of Array.from(buffers.keys())) forgetLog(server)
}
