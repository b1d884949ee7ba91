import type { ChildProcess } from 'node:child_process'
import type { FromMain, Notice, Question, ToMain } from '../messages.ts'

/** The launcher's end of the line to main. */
export interface MainLink {
  readonly ask: <T>(question: Question) => Promise<T>
  readonly tell: (notice: Notice) => void
}

/** Of the error with which a question to an app fails that has ended. */
export const endedMessage = 'The app has ended'

interface Pending {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

export function linkToMain(child: ChildProcess, onMessage: (message: FromMain) => void): MainLink {
  const pending = new Map<number, Pending>()
  let nextId = 1
  child.on('message', (message: FromMain) => {
    if (message.kind !== 'answer' && message.kind !== 'failure') return onMessage(message)
    const waiting = pending.get(message.id)
    pending.delete(message.id)
    if (message.kind === 'answer') waiting?.resolve(message.value as never)
    else waiting?.reject(new Error(message.message))
  })
  child.on('disconnect', () => {
    for (const { reject } of pending.values()) reject(new Error(endedMessage))
    pending.clear()
  })
  const send = (message: ToMain) => {
    if (child.connected) child.send(message, () => {})
  }
  return {
    tell: send,
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (!child.connected) return reject(new Error(endedMessage))
        const id = nextId
        nextId += 1
        pending.set(id, { resolve, reject })
        send({ ...question, id })
      }),
  }
}
