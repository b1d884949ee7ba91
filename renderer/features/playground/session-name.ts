import type { Session, SessionOptions } from '../../../contract/index.ts'
import { usePlayground } from '../../stores/playground.ts'
import type { Run } from '../../stores/playground.ts'
import { useSessions } from '../../stores/sessions.ts'

/** What a session is called on this screen: its own name, and its id where it has none. */
export function sessionName({ id, name }: { readonly id: string; readonly name?: string | null | undefined }): string {
  return name ?? id
}

/** As the list has it: the id too, since names need not be unique. */
export function sessionLabel({ id, name }: Pick<Session, 'id' | 'name'>): string {
  return name === null ? id : `${name} (${id})`
}

/** What to say to open one like it. */
export function optionsOf(session: Session): SessionOptions {
  const { name, workingFolder, leaseSeconds, handleLimit, timeoutSeconds, ownProcess, memoryLimitBytes } = session
  return {
    ...(name === null ? {} : { name }),
    ...(workingFolder === null ? {} : { workingFolder }),
    ...(timeoutSeconds === null ? {} : { timeoutSeconds }),
    ...(memoryLimitBytes === null ? {} : { memoryLimitBytes }),
    leaseSeconds,
    handleLimit,
    ownProcess,
  }
}

/** Of the session that a run takes place in; undefined: in none. */
export function useSessionName(run: Run | undefined): string | undefined {
  const id = run?.sessionId
  const listed = useSessions((state) => state.listed[run?.server ?? '']?.sessions.find((session) => session.id === id))
  const chosen = usePlayground(({ session }) => (session?.id === id ? session?.options.name : undefined))
  return id === undefined ? undefined : sessionName({ id, name: listed?.name ?? chosen })
}
