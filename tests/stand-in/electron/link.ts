import type { FromMain, Notice, Question, ToMain } from '../messages.ts'

type Kind = Question['kind']
type Answer<K extends Kind> = (question: Extract<Question, { kind: K }>) => unknown
type Listener<K extends Notice['kind']> = (notice: Extract<Notice, { kind: K }>) => void

const answers = new Map<string, (question: never) => unknown>()
const listeners = new Map<string, (notice: never) => void>()

/** The launcher's end of the line may be gone: then this program ends, as Electron does when its session ends. */
process.on('disconnect', () => process.exit(1))
process.on('message', (message: ToMain) => {
  if (!('id' in message)) return void listeners.get(message.kind)?.(message as never)
  void reply(message.id, async () => await answers.get(message.kind)?.(message as never))
})

async function reply(id: number, work: () => Promise<unknown>): Promise<void> {
  try {
    post({ kind: 'answer', id, value: await work() })
  } catch (error) {
    // An answer that cannot be cloned lands here, too.
    post({ kind: 'failure', id, message: String(error) })
  }
}

export function post(message: FromMain): void {
  if (process.connected) process.send?.(message)
}

export function answer<K extends Kind>(kind: K, give: Answer<K>): void {
  answers.set(kind, give)
}

export function listen<K extends Notice['kind']>(kind: K, listener: Listener<K>): void {
  listeners.set(kind, listener)
}
