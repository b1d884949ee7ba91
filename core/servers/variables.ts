import type { VariableOrigin } from '../../contract/index.ts'
import { givenToChildren } from '../platform/index.ts'
import { activation, hostVariables, poolEnvironment } from './launch-config.ts'
import type { LaunchEnvironment, LaunchPlace } from './launch-config.ts'

/** A variable as the code has it: with its secrets. */
export interface Variable {
  readonly name: string
  readonly value: string
  readonly from: VariableOrigin
}

/** What a launch in that environment gives to the code of a server, by name, and who set each: the last one who had a say. */
export function variablesOf(environment: LaunchEnvironment, place: LaunchPlace): readonly Variable[] {
  const env = poolEnvironment(environment, place)
  const layers: readonly (readonly [VariableOrigin, Readonly<Record<string, string | undefined>>])[] = [
    ['environment', activation(env, environment, place.platform)],
    ['host', { ...givenToChildren, ...hostVariables(place) }],
    ['network', place.network ?? {}],
  ]
  const originOf = (name: string) => layers.find(([, set]) => set[name] !== undefined)?.[0] ?? 'system'
  return Object.entries(env)
    .map(([name, value]) => ({ name, value, from: originOf(name) }))
    .sort((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.name, b.name))
}

// Not by the rules of a language, whose tables take longer to load than a server takes to launch.
function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}
