import { AppError } from '../../contract/index.ts'
import type { Environment } from '../../contract/index.ts'

/** @throws the problem of a broken environment. */
export function soundOrThrow(environment: Environment): Environment {
  const { problem } = environment
  if (!problem) return environment
  throw new AppError(problem.code, problem.message, { hint: problem.hint, details: problem.details })
}
