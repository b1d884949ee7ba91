import { create } from 'zustand'
import { adminEnvironmentName } from '../../contract/index.ts'
import type { Environment } from '../../contract/index.ts'

interface EnvironmentsState {
  readonly environments: readonly Environment[]
}

export const useEnvironments = create<EnvironmentsState>()(() => ({ environments: [] }))

export function adminEnvironment(environments: readonly Environment[]): Environment | undefined {
  return environments.find((environment) => environment.name === adminEnvironmentName)
}

export function userEnvironments(environments: readonly Environment[]): Environment[] {
  return environments.filter((environment) => environment.kind === 'user')
}
