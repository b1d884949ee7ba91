import type { CallOptions } from './call-limits.ts'
import type { PythonCalls } from './python-calls.ts'

export interface SessionOptions {
  /** For people; need not be unique. */
  readonly name?: string | undefined
  /** An absolute path. */
  readonly workingFolder?: string | undefined
  /** Null takes a variable out. */
  readonly environmentVariables?: Readonly<Record<string, string | null>> | undefined
  /** Seconds without use after which the server closes it; default 900. Kept alive as long as the session is held here. */
  readonly leaseSeconds?: number | undefined
  /** How many handles it may have; default 100 000. */
  readonly handleLimit?: number | undefined
  /** For each call in it that brings none of its own. */
  readonly timeoutSeconds?: number | undefined
  /** A process of its own: what happens in it reaches nobody else, and nobody else reaches it. */
  readonly ownProcess?: boolean | undefined
  /** Bytes of address space of that process, which it implies; at least 256 MiB. */
  readonly memoryLimitBytes?: number | undefined
}

/** What a server says of a session. */
export interface SessionInfo {
  readonly id: string
  readonly name: string | undefined
  readonly ownProcess: boolean
  readonly createdAt: Date
  readonly workingFolder: string | undefined
  readonly leaseSeconds: number
  readonly idleSeconds: number
  /** How many of its calls run or wait. */
  readonly requests: number
  readonly handles: number
  readonly handleLimit: number
  readonly timeoutSeconds: number | undefined
  readonly memoryLimitBytes: number | undefined
  /** Of a process of its own. */
  readonly pid: number | undefined
  readonly path: string | undefined
}

/**
 * A place in Python with names and handles of its own: what one call assigns, the next one finds. Handles are known in their
 * session alone. Close it when done: `await using`, or `close()`; one that is merely dropped is closed after it was
 * garbage-collected.
 */
export interface PythonSession extends PythonCalls, AsyncDisposable {
  readonly id: string
  readonly name: string | undefined
  readonly ownProcess: boolean
  /** False once it was closed, has expired, or went with its process: every call rejects. */
  readonly isOpen: boolean
  /** How it is now. Begins its lease anew. */
  describe(options?: CallOptions): Promise<SessionInfo>
  /**
   * Interrupts what runs in it, whoever has asked for that. Code that catches the interrupt may still give its result; else its call
   * rejects with CancelledError. False when nothing was running.
   */
  interrupt(options?: CallOptions): Promise<boolean>
  /** Cancels what runs in it and makes it what it was when it was opened. */
  reset(options?: CallOptions): Promise<void>
  /** Cancels what runs in it and drops all it holds. Safe to repeat, and when it is gone already. */
  close(options?: CallOptions): Promise<void>
}
