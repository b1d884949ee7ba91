/** A stream that text goes to, as far as the terminal door cares: a TTY, a file, a pipe, or what a test puts there. */
export interface TextStream {
  readonly isTTY?: boolean | undefined
  /** Columns of the terminal; undefined where there is none. */
  readonly columns?: number | undefined
  write: (text: string) => unknown
}

/** Where text comes from. A terminal can be told to show nothing of what is typed, and to leave all keys to us. */
export interface TextSource extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean | undefined
  readonly setRawMode?: (isRaw: boolean) => unknown
}

/** Everything that the terminal door touches of its process, so that a test can stand in for all of it. */
export interface Io {
  readonly stdin: TextSource
  readonly stdout: TextStream
  readonly stderr: TextStream
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
}

export function processIo(): Io {
  return { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env, cwd: process.cwd() }
}
