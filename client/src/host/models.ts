/** How far long work of the host is. */
export interface Progress {
  /** From 0 to 1, and never falling; undefined while there is nothing to count. */
  readonly fraction: number | undefined
  readonly title: string
  readonly detail: string | undefined
}

/** A virtual environment of the host. */
export interface Environment {
  readonly name: string
  /** Its folder. */
  readonly path: string
  /** Its own Python, and that one's version. */
  readonly executable: string
  readonly python: string
  readonly state: 'ready' | 'broken'
  /** What was asked for so far, as it was typed. */
  readonly requirements: readonly string[]
  /** Servers that run on it. */
  readonly usedBy: readonly string[]
  readonly sizeBytes: number
}

export interface InstalledPackage {
  readonly name: string
  readonly version: string
}

export interface EnvironmentStatus extends Environment {
  readonly packages: readonly InstalledPackage[]
}

/** An installed Python. */
export interface Runtime {
  readonly id: string
  readonly version: string
  readonly executable: string
  readonly state: 'ready' | 'broken'
  readonly isDefault: boolean
}

/** Where a server is reached: one of `url`, `path` and `address`. */
export interface ServerEndpoint {
  readonly transport: 'http' | 'pipe' | 'rpc'
  readonly url?: string
  readonly path?: string
  readonly address?: string
  /** Absent where none is needed, or where who may only look asks. */
  readonly token?: string
}

/** A server of the host, running or not. */
export interface HostServer {
  readonly name: string
  readonly transport: 'http' | 'pipe' | 'rpc'
  readonly state: 'stopped' | 'starting' | 'running' | 'stopping' | 'failed'
  readonly environment: string
  readonly pid: number | undefined
  readonly endpoint: ServerEndpoint | undefined
}

/** One long operation of the host, whoever began it. */
export interface HostJob {
  readonly id: string
  readonly command: string
  readonly subject: string
  readonly state: 'running' | 'succeeded' | 'failed' | 'cancelled'
  readonly progress: Progress
  /** Why it failed. */
  readonly problem: string | undefined
}
