import type { ChildProcess } from 'node:child_process'
import { LineSplitter, OutputTail } from './output-tail.ts'

export interface ExitFacts {
  readonly exitCode: number | null
  readonly signal: string | null
}

export interface OutputListeners {
  readonly onLine?: ((line: string, stream: 'stdout' | 'stderr') => void) | undefined
  readonly onChunk?: ((chunk: Uint8Array, stream: 'stdout' | 'stderr') => void) | undefined
}

/** A child's output and end, as they come. */
export interface WatchedChild {
  readonly lastLines: () => readonly string[]
  readonly hasExited: () => boolean
  /** Settles when the process has ended and its output is read. Never rejects. */
  readonly exited: Promise<ExitFacts>
}

/**
 * How long a pipe may be quiet after the end of its process before it is let go: what the process wrote is in the pipe by
 * then, but a grandchild may hold the other end open for ever.
 */
const drainQuietMs = 300
/** And how long a grandchild that goes on talking is listened to. */
const drainMs = 3000

/** Follows a child that was just started, before anything of it can be missed. */
export function watchChild(child: ChildProcess, listeners: OutputListeners): WatchedChild {
  const tail = new OutputTail()
  let ended = false
  let chunks = 0
  const splitters: LineSplitter[] = []
  for (const stream of ['stdout', 'stderr'] as const) {
    const splitter = new LineSplitter((line) => {
      tail.add(line)
      listeners.onLine?.(line, stream)
    })
    splitters.push(splitter)
    child[stream]?.on('data', (chunk: Uint8Array) => {
      chunks += 1
      listeners.onChunk?.(chunk, stream)
      splitter.push(chunk)
    })
    // A pipe that breaks has nothing more to say; the exit tells the story.
    child[stream]?.on('error', () => {})
  }
  // Writing to a child that has ended, or never reads, breaks the pipe: no news either.
  child.stdin?.on('error', () => {})

  const exited = new Promise<ExitFacts>((resolve) => {
    const finish = () => {
      child.stdout?.destroy()
      child.stderr?.destroy()
      for (const splitter of splitters) splitter.end()
      resolve({ exitCode: child.exitCode, signal: child.signalCode })
    }
    child.once('exit', () => {
      ended = true
      const stopDraining = drain(() => chunks, finish)
      child.once('close', () => {
        stopDraining()
        finish()
      })
    })
  })
  return { lastLines: () => tail.lines, hasExited: () => ended, exited }
}

/** Calls back when the output has been quiet for a while. @returns a function that calls it off. */
function drain(chunksSoFar: () => number, done: () => void): () => void {
  const end = performance.now() + drainMs
  let seen = chunksSoFar()
  let timer: NodeJS.Timeout
  let immediate: NodeJS.Immediate | undefined
  const wait = () => {
    timer = setTimeout(look, drainQuietMs)
  }
  const look = () => {
    // Timers come before input in Node's loop: after a busy moment, what was written is read only now.
    immediate = setImmediate(() => {
      if (chunksSoFar() === seen || performance.now() > end) return done()
      seen = chunksSoFar()
      wait()
    })
  }
  wait()
  return () => {
    clearTimeout(timer)
    clearImmediate(immediate)
  }
}
