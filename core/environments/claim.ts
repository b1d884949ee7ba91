import { AppError, adminEnvironmentName, nameProblem } from '../../contract/index.ts'
import { findClash } from './folders.ts'
import type { Entry } from './folders.ts'
import { folderState, removeLeftover } from './leftovers.ts'
import type { Leftover } from './leftovers.ts'
import type { Room } from './room.ts'

/** @throws INVALID_PARAMS. The contract has checked it at the border; a name becomes a path here, so it is checked again. */
export function checkedName(text: string): string {
  const name = text.normalize('NFC')
  const problem = nameProblem(name)
  if (problem === undefined) return name
  throw new AppError('INVALID_PARAMS', `${JSON.stringify(text)} cannot be a name: ${problem}`)
}

export function isProtected(verb: string): AppError {
  return new AppError('PROTECTED', `The environment ${adminEnvironmentName} is ours: you cannot ${verb} it`, {
    hint: 'Make an environment of your own; `beep-host venv admin` makes or repairs this one.',
  })
}

/** @throws NAME_TAKEN, unless the name is free or only a leftover of ours has it. */
export async function refuseTaken(room: Room, name: string): Promise<void> {
  const clash = await findClash(room.layout, name)
  if (!clash) return
  const state = await stateOf(clash)
  if (state === 'made' || state === 'foreign') throw nameTaken(clash, state)
}

/**
 * Frees a name for a creation: a leftover of ours goes, anything else stays and is in the way.
 * `evenIfMade`: an environment of exactly this name goes, too; for the admin one, which holds nothing of the user's.
 * `hint`: what to do about an environment in the way.
 * @throws NAME_TAKEN
 */
export async function makeWay(
  room: Room,
  name: string,
  options: { readonly evenIfMade?: boolean; readonly hint?: string } = {},
): Promise<void> {
  const clash = await findClash(room.layout, name)
  if (!clash) return
  const state = await stateOf(clash)
  const mayGo = state === 'made' ? options.evenIfMade === true && clash.name === name : state !== 'foreign'
  if (!mayGo) throw nameTaken(clash, state, options.hint)
  await removeLeftover(room, clash.root)
}

async function stateOf(entry: Entry): Promise<'made' | Leftover['state']> {
  return entry.isFolder ? folderState(entry.root) : 'foreign'
}

function nameTaken(
  entry: Entry,
  state: 'made' | Leftover['state'],
  hint = 'Choose another name, or delete it first.',
): AppError {
  const details = { name: entry.name, path: entry.root }
  if (state === 'made') {
    return new AppError('NAME_TAKEN', `There is an environment ${entry.name} already`, { hint, details })
  }
  return new AppError('NAME_TAKEN', `Something that is no environment of ours lies in ${entry.root}`, {
    hint: 'Choose another name, or move that away.',
    details,
  })
}

/** @throws IN_USE while servers run on it. */
export function refuseUsed(room: Room, name: string): void {
  const servers = room.usedBy(name)
  if (servers.length === 0) return
  const named = servers.length === 1 ? `server ${servers[0]}` : `servers ${servers.join(', ')}`
  throw new AppError('IN_USE', `Environment ${name} is used by ${named}`, {
    hint: `Stop ${servers.length === 1 ? 'it' : 'them'} first: ${servers.map((server) => `\`beep-host stop ${server}\``).join(', ')}.`,
    details: { name, usedBy: [...servers] },
  })
}
