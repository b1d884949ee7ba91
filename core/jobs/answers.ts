import { randomUUID } from 'node:crypto'
import type { CommandName, Job } from '../../contract/index.ts'

/** Kept for whoever asks for their end once more. */
const keptAnswers = 50

/** Jobs that had nothing to do: they have ended when they are told, and are no part of the history. */
export interface Answers {
  readonly add: (command: CommandName, subject: string, result: unknown) => Job
  readonly get: (id: string) => Job | undefined
}

export function createAnswers(): Answers {
  const answers = new Map<string, Job>()
  return {
    get: (id) => answers.get(id),
    add(command, subject, result) {
      const now = new Date().toISOString()
      const progress = { fraction: 1, title: subject }
      const id = randomUUID()
      const job: Job = { id, command, subject, state: 'succeeded', progress, startedAt: now, endedAt: now, result }
      answers.set(id, job)
      for (const oldest of answers.keys()) if (answers.size > keptAnswers) answers.delete(oldest)
      return job
    },
  }
}
