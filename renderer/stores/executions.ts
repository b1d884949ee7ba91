import { create } from 'zustand'
import type { EventPayload, ExecutionOutput } from '../../contract/index.ts'

/** What the code of one run has shown so far. */
export interface Shown {
  readonly output: readonly ExecutionOutput[]
  /** Something is missing: older output was let go of, or some passed while there was no connection. */
  readonly isCut: boolean
  /** The number of the next event. */
  readonly next: number
}

interface ExecutionsState {
  /** Job id to what it has shown. A run that succeeded has it all in its result; of one that failed, this is all there is. */
  readonly shown: Readonly<Record<string, Shown>>
}

/** Characters and pieces kept of one run, and runs of which any are kept: who prints without end must not fill the window. */
export const keptChars = 4_000_000
const keptPieces = 2000
const keptRuns = 4

export const useExecutions = create<ExecutionsState>()(() => ({ shown: {} }))

export function addShown({ job, seq, output }: EventPayload<'execution.shown'>): void {
  useExecutions.setState(({ shown }) => {
    const known = shown[job] ?? { output: [], isCut: false, next: 0 }
    if (seq < known.next) return {}
    const joined = bounded(joinedTexts(known.output, output))
    const isCut = known.isCut || joined.isCut || seq > known.next
    return { shown: newest({ ...shown, [job]: { output: joined.output, isCut, next: seq + 1 } }) }
  })
}

/** Neighbours of one stream as one text: a thousand prints are no thousand pieces. */
export function joinedTexts(known: readonly ExecutionOutput[], added: readonly ExecutionOutput[]): ExecutionOutput[] {
  const joined = [...known]
  for (const one of added) {
    const last = joined.at(-1)
    if (one.kind === 'text' && last?.kind === 'text' && last.stream === one.stream) {
      joined[joined.length - 1] = { ...last, text: last.text + one.text }
    } else joined.push(one)
  }
  return joined
}

export function sizeOf(one: ExecutionOutput): number {
  if (one.kind === 'text') return one.text.length
  if (one.kind === 'input') return one.prompt.length + (one.answer?.length ?? 0)
  return Object.values(one.data).reduce((sum, text) => sum + text.length, 0)
}

/** The newest part of it. A tenth over the limit, so that the cut is made now and then and not for each batch. */
function bounded(output: ExecutionOutput[]): { readonly output: readonly ExecutionOutput[]; readonly isCut: boolean } {
  const size = output.reduce((sum, one) => sum + sizeOf(one), 0)
  if (size < keptChars * 1.1 && output.length < keptPieces * 1.1) return { output, isCut: false }
  const left: ExecutionOutput[] = []
  let room = keptChars
  for (const one of output.toReversed().slice(0, keptPieces)) {
    const isWhole = sizeOf(one) <= room
    if (isWhole) left.push(one)
    // A display is shown whole or not at all, but the newest one always.
    else if (one.kind === 'text') left.push({ ...one, text: one.text.slice(-room) })
    else if (left.length === 0) left.push(one)
    room -= sizeOf(one)
    if (room <= 0) break
  }
  return { output: left.reverse(), isCut: true }
}

function newest(shown: Readonly<Record<string, Shown>>): Readonly<Record<string, Shown>> {
  const entries = Object.entries(shown)
  return entries.length > keptRuns ? Object.fromEntries(entries.slice(-keptRuns)) : shown
}
