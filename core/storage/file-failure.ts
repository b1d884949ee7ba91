import { AppError } from '../../contract/index.ts'
import type { ErrorCode } from '../../contract/index.ts'

const byErrno: Record<string, readonly [ErrorCode, string]> = {
  ENOSPC: ['DISK_FULL', 'Free some space on this disk, or choose a data root on another one.'],
  EDQUOT: ['DISK_FULL', 'Your quota on this disk is used up.'],
  EACCES: ['PERMISSION_DENIED', 'Check who owns this path and whether it may be written.'],
  EPERM: ['PERMISSION_DENIED', 'Check who owns this path; a security program may be holding it.'],
  EROFS: ['PERMISSION_DENIED', 'This file system is read-only; choose a data root on another one.'],
  EBUSY: ['PERMISSION_DENIED', 'A security program or another program is holding this file. Try again in a moment.'],
  ENAMETOOLONG: ['PATH_UNUSABLE', 'The path is too long; choose a shorter data root.'],
  ENOTDIR: ['PATH_UNUSABLE', 'Part of this path is a file.'],
  EEXIST: ['PATH_UNUSABLE', 'Something else lies at this place; move it away.'],
  ELOOP: ['PATH_UNUSABLE', 'A link in this path leads back to itself.'],
}

/** A file operation that went wrong, as an error a user can act on. What no rule knows stays FILE_UNREADABLE with its errno. */
export function fileFailure(thrown: unknown, message: string, path: string): AppError {
  const { code: errno = '', message: text = String(thrown) } = thrown as NodeJS.ErrnoException
  const [code, hint] = byErrno[errno] ?? (['FILE_UNREADABLE', undefined] as const)
  return new AppError(code, `${message}: ${errno || text}`, { hint, details: { path, errno }, cause: thrown })
}

export function hasErrno(thrown: unknown, ...errnos: readonly string[]): boolean {
  return thrown instanceof Error && errnos.includes((thrown as NodeJS.ErrnoException).code ?? '')
}
