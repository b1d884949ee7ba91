import { AppError } from '../../../contract/index.ts'
import type { CommandName, Job } from '../../../contract/index.ts'
import type { Door, DoorEvent } from '../../../cli/door.ts'

type Answers = Partial<Record<CommandName, (params: Record<string, unknown>) => unknown>>

/** A host that is played by the test: it answers what it is told to, and says what it is told to. */
export interface FakeDoor extends Door {
  readonly asked: readonly (readonly [name: CommandName, params: object])[]
  readonly tell: (event: DoorEvent) => void
  /** The event stream breaks; commands are still answered. */
  readonly dropEvents: () => void
}

export function fakeDoor(answers: Answers): FakeDoor {
  const asked: (readonly [CommandName, object])[] = []
  const listeners = new Set<(event: DoorEvent) => void>()
  const ends = new Set<() => void>()
  return {
    kind: 'host',
    pid: 1,
    asked,
    async ask(name, params) {
      asked.push([name, params])
      const answer = answers[name]
      if (!answer) throw new AppError('HOST_UNREACHABLE', `${name}: nobody answers`)
      return answer(params as Record<string, unknown>)
    },
    async listen(listener) {
      const { promise: ended, resolve } = Promise.withResolvers<void>()
      listeners.add(listener)
      ends.add(resolve)
      const stop = () => {
        listeners.delete(listener)
        resolve()
      }
      return { ended, stop }
    },
    tell: (event) => listeners.forEach((listener) => listener(event)),
    dropEvents() {
      listeners.clear()
      ends.forEach((end) => end())
    },
    close: async () => {},
  }
}

export function jobOf(change: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    command: 'environments.remove',
    subject: 'environment demo',
    state: 'running',
    progress: { fraction: null, title: 'environment demo' },
    startedAt: new Date().toISOString(),
    ...change,
  }
}
