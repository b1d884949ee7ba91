import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { AppError } from '../../contract/index.ts'
import { patientRename, stageFile } from './atomic-file.ts'
import type { StagedFile, Survives } from './atomic-file.ts'
import { fileFailure, hasErrno } from './file-failure.ts'

/** What a read of one of our JSON files found. A file that cannot be understood is set aside, never overwritten. */
export type JsonRead<T> =
  | { readonly state: 'ok'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly problem: AppError; readonly setAside: string | undefined }

export interface JsonReadOptions {
  /** Moves an unreadable file out of the way (`settings.json` -> `settings.json.unreadable-<time>`). Only for who may write here. */
  readonly setAside?: boolean
}

/**
 * Reads and checks a JSON file. Old versions are the schema's business (a default, a transform); a newer one fails its check
 * and is reported like any other unreadable file.
 * @throws PERMISSION_DENIED and the like when the file is there but the system does not give it out.
 */
export async function readJson<S extends z.ZodType>(
  file: string,
  schema: S,
  options: JsonReadOptions = {},
): Promise<JsonRead<z.output<S>>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return { state: 'absent' }
    throw fileFailure(error, `Could not read ${file}`, file)
  }
  const problem = parseProblem(text, schema, file)
  if (!(problem instanceof AppError)) return { state: 'ok', value: problem.value }
  if (!options.setAside) return { state: 'unreadable', problem, setAside: undefined }
  const aside = await moveAside(file)
  if (aside === undefined) return { state: 'unreadable', problem, setAside: undefined }
  return { state: 'unreadable', problem: withHint(problem, aside), setAside: aside }
}

/** @returns undefined if somebody else was quicker. */
async function moveAside(file: string): Promise<string | undefined> {
  // Random, since a rename would silently replace what was set aside in the same moment.
  const aside = `${file}.unreadable-${new Date().toISOString().replaceAll(':', '-')}-${randomBytes(2).toString('hex')}`
  try {
    await patientRename(file, aside)
    return aside
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw fileFailure(error, `Could not move ${file} aside`, file)
  }
}

function parseProblem<S extends z.ZodType>(text: string, schema: S, file: string): AppError | { value: z.output<S> } {
  let data: unknown
  try {
    // Editors on Windows begin a file with a byte order mark, which JSON does not know.
    data = JSON.parse(text.replace(/^\uFEFF/u, ''))
  } catch (error) {
    return new AppError('FILE_UNREADABLE', `${file} is not JSON: ${(error as Error).message}`, {
      details: { path: file },
    })
  }
  const checked = schema.safeParse(data)
  if (checked.success) return { value: checked.data }
  const newer = newerVersion(data, checked.error)
  if (newer !== undefined) {
    return new AppError('FILE_UNREADABLE', `${file} has version ${newer}, which this program does not know`, {
      hint: 'It was probably written by a newer version of this program: use that one.',
      details: { path: file, version: newer },
    })
  }
  const issues = checked.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`)
  return new AppError('FILE_UNREADABLE', `${file} does not have the expected shape: ${issues.join('; ')}`, {
    details: { path: file, issues },
  })
}

/** The version that a file states, if the schema refuses it for its version. */
function newerVersion(data: unknown, error: z.ZodError): number | undefined {
  if (!error.issues.some((issue) => issue.path.length === 1 && issue.path[0] === 'version')) return undefined
  const version = (data as { readonly version?: unknown }).version
  return typeof version === 'number' ? version : undefined
}

function withHint(problem: AppError, aside: string): AppError {
  return new AppError(problem.code, problem.message, {
    hint: [problem.hint, `It was kept as ${aside}, and a fresh one begun.`].filter(Boolean).join(' '),
    details: { ...problem.details, setAside: aside },
  })
}

export async function writeJson(file: string, value: unknown, mode = 0o600, survives?: Survives): Promise<void> {
  await (await stageJson(file, value, mode, survives)).put()
}

/** The first part of `writeJson`. */
export function stageJson(file: string, value: unknown, mode = 0o600, survives?: Survives): Promise<StagedFile> {
  return stageFile(file, `${JSON.stringify(value, null, 2)}\n`, mode, survives)
}
