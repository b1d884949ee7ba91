import type { CallOptions } from '../call-limits.ts'
import type { Environment, EnvironmentStatus, HostJob, HostServer, Runtime } from './models.ts'
import type { HostWork, WorkOptions } from './work.ts'

/** An environment by its name or its folder, or by the provider that it was made for. */
export type WhichEnvironment = string | { readonly provider: string; readonly model?: string | undefined }

/**
 * The environments of the host. Looking needs a server with the scope `read` (`start … --infrastructure read`), changing one with
 * `full`; else a call rejects with FORBIDDEN. What the host cannot do is HOST_FAILED, with `details.hostCode`.
 */
export interface Environments {
  list(options?: CallOptions): Promise<Environment[]>
  /** With what is installed in it. Rejects with NOT_FOUND. */
  get(which: WhichEnvironment, options?: CallOptions): Promise<EnvironmentStatus>
  /** Of a provider, or of one of its models: made or made whole; safe to repeat. */
  ensure(provider: string, options?: WorkOptions & { readonly model?: string | undefined }): HostWork<Environment>
  /** One with a name that is free. */
  create(name: string, options?: WorkOptions & { readonly packages?: readonly string[] }): HostWork<Environment>
  /** Requirements such as `numpy` and `pandas>=2.2`, in one resolve. */
  install(which: WhichEnvironment, packages: readonly string[], options?: WorkOptions): HostWork<Environment>
  /** Unless `permanent`, it can be brought back for a day. */
  remove(which: WhichEnvironment, options?: WorkOptions & { readonly permanent?: boolean }): HostWork<void>
}

/** The Pythons of the host. */
export interface Runtimes {
  list(options?: CallOptions): Promise<Runtime[]>
  get(id: string, options?: CallOptions): Promise<Runtime>
  /** Downloads one such as `3.12`; without a version the newest. The default one stays as it is. */
  install(version?: string, options?: WorkOptions): HostWork<Runtime>
}

export interface ServerToStart {
  /** Of a saved server; without one, that of the transport. */
  readonly name?: string | undefined
  readonly transport?: 'http' | 'pipe' | 'rpc' | undefined
  readonly environment?: string | undefined
  /** 0: any free one. */
  readonly port?: number | undefined
  readonly workers?: number | undefined
  /** What becomes of it when it dies: it is started again, or not. Else what is saved, or `on-failure`. */
  readonly restart?: 'on-failure' | 'never' | undefined
}

/** The servers of the host, the one that is asked among them. */
export interface Servers {
  list(options?: CallOptions): Promise<HostServer[]>
  get(name: string, options?: CallOptions): Promise<HostServer>
  /** A saved one by its name, or a new one with a transport. Resolves when it answers. */
  start(server: ServerToStart | string, options?: WorkOptions): HostWork<HostServer>
  stop(name: string, options?: WorkOptions): HostWork<HostServer>
  restart(name: string, options?: WorkOptions): HostWork<HostServer>
}

/** Long operations of the host, whoever began them. */
export interface HostJobs {
  /** Those that run, and those that ended lately. */
  list(options?: CallOptions): Promise<HostJob[]>
  get(id: string, options?: CallOptions): Promise<HostJob>
  /** Asks it to stop; resolves with the job as it stands. */
  cancel(id: string, options?: CallOptions): Promise<HostJob>
}
