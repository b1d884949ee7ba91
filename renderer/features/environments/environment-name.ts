import { adminEnvironmentName, nameProblem, sameName } from '../../../contract/index.ts'
import type { Environment } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'

type Named = Pick<Environment, 'name'>

/** Why a name cannot be taken, in words for the field; undefined if it can. */
export function environmentNameProblem(name: string, environments: readonly Named[]): string | undefined {
  const problem = nameProblem(name)
  if (problem !== undefined) return t('environments.dialog.badName', { problem })
  if (sameName(name, adminEnvironmentName)) return t('environments.dialog.reserved')
  return isTaken(name, environments) ? t('environments.dialog.taken') : undefined
}

/** A free name for a copy: "demo copy", "demo copy 2". */
export function copyName(name: string, environments: readonly Named[]): string {
  const base = t('environments.clone.suggestion', { name })
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? base : `${base} ${count}`
    if (!isTaken(candidate, environments)) return candidate
  }
}

function isTaken(name: string, environments: readonly Named[]): boolean {
  return environments.some((environment) => sameName(environment.name, name))
}
