import type { CheckedParams, Runtime } from '../../contract/index.ts'
import type { Triple } from '../platform/index.ts'

/** What to make. */
export type NewEnvironment = Omit<CheckedParams<'environments.create'>, 'profiles'> & {
  readonly profiles?: readonly string[]
}

/** A change of packages that is verified, unless `verify` is false. */
export type VerifiedParams<N extends 'packages.install' | 'packages.upgrade' | 'packages.import'> = Omit<
  CheckedParams<N>,
  'verify'
> & { readonly verify?: boolean | undefined }

/** A Python on a machine that is not this one. */
export interface OtherMachine {
  readonly triple: Triple
  readonly python: string
}

export interface WheelRequest {
  readonly packages: readonly string[]
  readonly profiles: readonly string[]
  /** What HTTP and gRPC servers need. */
  readonly withFronts: boolean
  /** The Python that they are for, unless they are for another machine; its pip fetches them. */
  readonly runtime: Runtime
  readonly other?: OtherMachine | undefined
  /** An empty folder. */
  readonly folder: string
}
