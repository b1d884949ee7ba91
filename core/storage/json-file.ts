import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { AppError } from '../../contract/index.ts'
import { patientRename, writeFileAtomic } from './atomic-file.ts'
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
  const aside = `${file}.unreadable-${new Date().toISOString().replaceAll(':', '-')}`
  await patientRename(file, aside)
  return { state: 'unreadable', problem: withHint(problem, aside), setAside: aside }
}

function parseProblem<S extends z.ZodType>(text: string, schema: S, file: string): AppError | { value: z.output<S> } {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return new AppError('FILE_UNREADABLE', `${file} is not JSON: ${(error as Error).message}`, {
      details: { path: file },
    })
  }
  const checked = schema.safeParse(data)
  if (checked.success) return { value: checked.data }
  const issues = checked.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`)
  return new AppError('FILE_UNREADABLE', `${file} does not have the expected shape: ${issues.join('; ')}`, {
    details: { path: file, issues },
  })
}

function withHint(problem: AppError, aside: string): AppError {
  return new AppError(problem.code, problem.message, {
    hint: `It was kept as ${aside}, and a fresh one begun.`,
    details: { ...problem.details, setAside: aside },
  })
}

export async function writeJson(file: string, value: unknown, mode = 0o600): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(value, null, 2)}\n`, mode)
}
