import { create } from 'zustand'
import { toErrorInfo } from '../../contract/index.ts'
import type { ErrorInfo, LogLine } from '../../contract/index.ts'
import { call } from './call.ts'
import { appendLines, createLogBuffer, mergeLines } from './log-buffer.ts'
import type { LogBuffer } from './log-buffer.ts'

/** Lines kept of a log that is on screen, at most, and of one that is not. */
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
/** Server to the places on screen that show its log: how many lines each of them asks for. */
const watchers = new Map<string, number[]>()

function limitOf(server: string): number {
  return Math.max(unwatchedLines, ...(watchers.get(server) ?? []))
}

function bufferOf(server: string): LogBuffer {
  let buffer = buffers.get(server)
  if (!buffer) buffers.set(server, (buffer = createLogBuffer(limitOf(server))))
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
    const fetched = await call('servers.logs', { name: server, lines: limitOf(server) })
    mergeLines(bufferOf(server), fetched)
    useLogs.setState(({ errors }) => ({ errors: { ...errors, [server]: undefined } }))
    changed(server)
  } catch (error) {
    useLogs.setState(({ errors }) => ({ errors: { ...errors, [server]: toErrorInfo(error) } }))
  }
}

/** Fetches a log and keeps that much of it from now on, over reconnects, too. Returns the way to stop. */
export function watchLog(server: string, lines: number = watchedLines): () => void {
  watchers.set(server, [...(watchers.get(server) ?? []), lines])
  bufferOf(server).limit = limitOf(server)
  void fetchLog(server)
  return () => {
    const others = watchers.get(server) ?? []
    const at = others.indexOf(lines)
    const left = others.filter((_, index) => index !== at)
    if (left.length > 0) watchers.set(server, left)
    else watchers.delete(server)
    const buffer = bufferOf(server)
    buffer.limit = limitOf(server)
    buffer.lines = buffer.lines.slice(-buffer.limit)
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
