import { create } from 'zustand'
import type { EventPayload, ExecutionOutput } from '../../contract/index.ts'

interface ExecutionsState {
  /** Job id to what its code has shown so far. The job's own result has it all once it has ended. */
  readonly shown: Readonly<Record<string, readonly ExecutionOutput[]>>
}

export const useExecutions = create<ExecutionsState>()(() => ({ shown: {} }))

export function addShown({ job, output }: EventPayload<'execution.shown'>): void {
  useExecutions.setState(({ shown }) => ({ shown: { ...shown, [job]: [...(shown[job] ?? []), ...output] } }))
}
