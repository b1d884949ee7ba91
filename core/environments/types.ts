import type {
  CheckedParams,
  CommandResult,
  Environment,
  InstallerReport,
  OutdatedPackage,
  Package,
  PackageChange,
  PackageSnapshot,
  RepairedEnvironment,
  RolledBackEnvironment,
  TrashedEnvironment,
} from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import type { AskedAddress } from '../network/index.ts'
import type { Triple } from '../platform/index.ts'
import type { Leftover } from './leftovers.ts'
import type { Profiles } from './profiles/index.ts'
import type { Ensured } from './providers/ensure.ts'
import type { NewEnvironment, VerifiedParams, WheelRequest } from './requests.ts'
import type { TrashWatch } from './trash/sweep.ts'

/** Virtual environments: each a folder with a manifest; without one it does not count as made. */
export interface Environments {
  readonly list: () => Promise<readonly Environment[]>
  /** @throws NOT_FOUND */
  readonly get: (name: string) => Promise<Environment>
  /** What an environment can begin with. */
  readonly profiles: Profiles
  /** Packages of profiles and others in one resolve. @throws NAME_TAKEN, PROTECTED for `admin`, NOT_FOUND, PYTHON_MISSING, PACKAGES_FAILED */
  readonly create: (params: NewEnvironment, context: JobContext) => Promise<Environment>
  /** The environment if it is there and sound, else made without packages. */
  readonly ensure: (name: string, context: JobContext) => Promise<Environment>
  /** The environment of a provider, with the packages of its profile, imported once. @throws as `ensureProvider` in providers/ensure.ts */
  readonly ensureProvider: (params: CheckedParams<'environments.ensure'>, context: JobContext) => Promise<Ensured>
  /** The same where all of it is so already, by file reads alone; undefined: there is something to do, or to complain about. */
  readonly findEnsured: (params: CheckedParams<'environments.ensure'>) => Promise<Environment | undefined>
  /** Made, repaired or brought up to date as need be; returns at once, without a child process, when there is nothing to do. */
  readonly ensureAdmin: (context: JobContext) => Promise<Environment>
  /** The very packages of another one, on the same Python, without a network. @throws NOT_FOUND, NAME_TAKEN, PROTECTED, the problem of a broken one */
  readonly clone: (params: CheckedParams<'environments.clone'>, context: JobContext) => Promise<Environment>
  /** With as little change as will do; says what that was. @throws NOT_FOUND, PROTECTED, IN_USE, PYTHON_MISSING, PACKAGES_FAILED */
  readonly repair: (name: string, context: JobContext) => Promise<RepairedEnvironment>
  /** Into the trash, unless `permanent`. @throws NOT_FOUND, PROTECTED for `admin`, IN_USE */
  readonly remove: (
    params: CheckedParams<'environments.remove'>,
    context: JobContext,
  ) => Promise<CommandResult<'environments.remove'>>
  /** What can be brought back, the newest first. */
  readonly trash: () => Promise<readonly TrashedEnvironment[]>
  /** @throws NOT_FOUND */
  readonly trashed: (id: string) => Promise<TrashedEnvironment>
  /** Under its old name, in its old place. @throws NOT_FOUND, NAME_TAKEN, IN_USE */
  readonly restore: (id: string, context: JobContext) => Promise<Environment>
  readonly emptyTrash: (context: JobContext) => Promise<{ readonly freedBytes: number }>
  /** Deletes for good what has expired, now and from time to time: for a host. @returns a function that ends it. */
  readonly watchTrash: (watch: TrashWatch) => () => void
  readonly packages: (name: string) => Promise<readonly Package[]>
  /**
   * One joint resolve for all of them; what was asked for earlier and got damaged is repaired on the way.
   * @throws NOT_FOUND, PROTECTED for `admin`, PACKAGES_FAILED with argv, exit code, last lines and a hint, TIMEOUT, CANCELLED
   */
  readonly install: (params: VerifiedParams<'packages.install'>, context: JobContext) => Promise<Environment>
  /** Those that are named, or all; nothing to do is a success. @throws as `install`, UNSUPPORTED for what no index has */
  readonly upgrade: (params: VerifiedParams<'packages.upgrade'>, context: JobContext) => Promise<Environment>
  /** What is named and nothing else, whoever needs it. @throws as `install` */
  readonly uninstall: (params: CheckedParams<'packages.uninstall'>, context: JobContext) => Promise<Environment>
  /** Asks the index. @throws NOT_FOUND, PACKAGES_FAILED where none answers, TIMEOUT, CANCELLED */
  readonly outdated: (name: string, context: JobContext) => Promise<readonly OutdatedPackage[]>
  /** What a change would do; does nothing. @throws as the change */
  readonly preview: (
    params: CheckedParams<'packages.preview'>,
    context: JobContext,
  ) => Promise<readonly PackageChange[]>
  /**
   * Fetches wheels into a folder, for use where there is no network: those of packages and profiles, and of the server fronts unless
   * that is unwanted, with all that they need, each set in one resolve.
   * @throws NOT_FOUND for a profile that there is not, PACKAGES_FAILED, UNSUPPORTED as `requireOther`, TIMEOUT, CANCELLED
   */
  readonly fetchWheels: (request: WheelRequest, context: JobContext) => Promise<void>
  /** @throws UNSUPPORTED where nothing here can choose wheels for another kind of machine */
  readonly requireOther: (triple: Triple) => Promise<void>
  /** @throws NOT_FOUND */
  readonly exportPackages: (name: string) => Promise<CommandResult<'packages.export'>>
  /** With hashes, which the index is asked for. @throws NOT_FOUND, PACKAGES_FAILED, CANCELLED */
  readonly lockPackages: (name: string, context: JobContext) => Promise<CommandResult<'packages.lock'>>
  /** @throws INVALID_PARAMS with line numbers; then as `install` */
  readonly importPackages: (params: VerifiedParams<'packages.import'>, context: JobContext) => Promise<Environment>
  /** What the packages of an environment were, the newest first. @throws NOT_FOUND */
  readonly snapshots: (name: string) => Promise<readonly PackageSnapshot[]>
  /** Keeps what is there now. @throws NOT_FOUND, PROTECTED, LIMIT_EXCEEDED where the settings keep none */
  readonly snapshot: (params: CheckedParams<'packages.snapshot'>, context: JobContext) => Promise<PackageSnapshot>
  /** Without a network. @throws NOT_FOUND, PROTECTED, IN_USE on Windows, FILE_UNREADABLE for one that is not whole any more */
  readonly rollback: (params: CheckedParams<'packages.rollback'>, context: JobContext) => Promise<RolledBackEnvironment>
  /** @throws NOT_FOUND */
  readonly removeSnapshot: (
    params: CheckedParams<'packages.removeSnapshot'>,
    context: JobContext,
  ) => Promise<CommandResult<'packages.removeSnapshot'>>
  /** What installs packages here. */
  readonly installer: () => Promise<InstallerReport>
  /** The newest uv, of ours, unless there is another that will do. @throws PYTHON_MISSING, PACKAGES_FAILED, DISK_FULL, LOCKED, TIMEOUT, CANCELLED */
  readonly installUv: (context: JobContext) => Promise<CommandResult<'installer.installUv'>>
  /** @throws NOT_FOUND, IN_USE on Windows while it runs, LOCKED */
  readonly removeUv: (context: JobContext) => Promise<CommandResult<'installer.removeUv'>>
  /** The indexes that packages are asked of, whoever has named them. */
  readonly indexes: () => Promise<readonly AskedAddress[]>
  /** Folders in `environments/` that are no environments, for the doctor. */
  readonly leftovers: () => Promise<readonly Leftover[]>
  /**
   * Deletes our own leftovers of creations that were killed, and ends deletions and repairs that were; the names of the
   * creations. For the start of a host. Foreign folders stay.
   */
  readonly sweep: () => Promise<readonly string[]>
  /** Takes back the changes of packages that killed programs have left half done. @returns the environments. For the start of a host. */
  readonly recover: () => Promise<readonly string[]>
}
