import { isHandle } from '../../client/src/index.ts'
import type { PythonHandle, PythonSession } from '../../client/src/index.ts'
import type { Act, Scene } from './scene.ts'

/** Python that leaves a mark, in one write. */
const leaveMark = `import os as _os
_file = _os.open(marks, _os.O_WRONLY | _os.O_APPEND)
_os.write(_file, (mark + "\\n").encode())
_os.close(_file)
`

/** Runs code that leaves a mark: it must have run once if it was answered, and never twice. */
async function marked(scene: Scene, what: string, code: string, names: object, right: unknown): Promise<void> {
  const { calls, ledger, marks, follow } = scene
  const mark = ledger.newMark()
  const isRight = (answer: unknown) => {
    ledger.answered(mark)
    return answer === right
  }
  await follow(what, calls.evaluate(leaveMark + code, { ...names, marks, mark }), { isRight })
}

const sum: Act = async (scene) => {
  const [a, b] = [scene.dice.below(1e6), scene.dice.below(1e6)]
  await marked(scene, 'evaluate', 'a + b', { a, b }, a + b)
}

const text: Act = async (scene) => {
  const length = scene.dice.pick([0, 10, 5_000, 70_000, 400_000])
  const value = 'é€😀\n"'.repeat(length / 5)
  await marked(scene, 'evaluate text', 't', { t: value }, value)
}

const things: Act = async ({ backend, calls, dice, follow }) => {
  const items = Array.from({ length: dice.below(20) }, (_, index) => index)
  const thing = await follow('wrap', calls.wrap(items))
  if (thing === undefined) return
  await follow('call', calls.callMethod(thing, '__len__'), { isRight: (length) => length === items.length })
  const type = await follow('getattr', calls.getAttribute<PythonHandle>(thing, '__class__'), { isRight: isHandle })
  await follow('call', calls.callMethod(thing, 'nothing'), { fails: ['PYTHON_ERROR'] })
  // Some are left to the end of their session; outside of all, a client that closes has a second to tidy up, which may be too short here.
  const isLeft = () => calls !== backend && dice.chance(0.2)
  if (type !== undefined && !isLeft()) await follow('dispose', calls.dispose(type))
  if (!isLeft()) await follow('dispose', calls.dispose(thing))
}

const modules: Act = async ({ calls, dice, follow }) => {
  const name = dice.pick(['json', 'math', 'no_such_module'])
  const isThere = name !== 'no_such_module'
  await follow('module_available', calls.isModuleAvailable(name), { isRight: (found) => found === isThere })
  const module = await follow('import', calls.importModule(name), isThere ? {} : { fails: ['PYTHON_ERROR'] })
  const half = await follow('create', calls.createObject('fractions', 'Fraction', [1, 2]), {
    isRight: ({ repr }) => repr === 'Fraction(1, 2)',
  })
  for (const handle of [module, half]) if (handle) await follow('dispose', calls.dispose(handle))
}

const numbers: Act = async ({ calls, dice, follow }) => {
  const given = Float64Array.from({ length: dice.pick([0, 1, 1_000, 100_000]) }, (_, index) => index / 3)
  const kept = await follow('wrap array', calls.wrap(given))
  if (kept === undefined) return
  const isRight = (back: Float64Array) =>
    Buffer.compare(new Uint8Array(back.buffer), new Uint8Array(given.buffer)) === 0
  await follow('tofloatarray', calls.toFloatArray(kept), { isRight })
  await follow('dispose', calls.dispose(kept))
}

const failing: Act = async ({ calls, dice, follow }) => {
  const [code, fails] = dice.pick([
    ['1 / 0', 'PYTHON_ERROR'],
    ['this is no python', 'PYTHON_ERROR'],
    ['exit(3)', 'PYTHON_EXIT'],
    ['def deeper(): deeper()\ndeeper()', 'PYTHON_ERROR'],
  ] as const)
  await follow('evaluate what fails', calls.evaluate(code), { fails: [fails] })
}

const endless = ['while True: pass', 'import time\ntime.sleep(600)', 'import threading\nthreading.Event().wait()']

const calledOff: Act = async ({ calls, dice, follow }) => {
  const signal = AbortSignal.timeout(dice.below(40))
  await follow('evaluate, called off', calls.evaluate(dice.pick(endless), {}, { signal }), { fails: ['CANCELLED'] })
}

const tooSlow: Act = async ({ calls, dice, follow }) => {
  const timeoutMs = dice.below(40)
  await follow('evaluate, too slow', calls.evaluate(dice.pick(endless), {}, { timeoutMs }), { fails: ['TIMEOUT'] })
}

const printing: Act = async ({ calls, dice, follow }) => {
  const lines = dice.pick([0, 3, 400])
  let seen = ''
  const onOutput = (part: string) => void (seen += part)
  const code = 'for n in range(lines): print("line", n)\nlines'
  const run = calls.execute<number>(code, { locals: { lines }, onOutput })
  const isRight = ({ value }: { value: number }) => value === lines && seen.split('\n').length === lines + 1
  await follow('execute', run.result, { isRight })
}

const asking: Act = async ({ calls, dice, follow }) => {
  const answer = `answer ${dice.below(100)}`
  const run = calls.execute<string>('input("what? ")', { onInput: () => answer })
  await follow('execute that asks', run.result, { isRight: ({ value }) => value === answer })
}

const leftEarly: Act = async ({ calls, follow }) => {
  const run = calls.execute('n = 0\nwhile True:\n    n += 1\n    print(n)')
  const reading = (async () => {
    for await (const event of run) if (event.type === 'output') break
  })()
  await Promise.all([
    follow('execute, left early', run.result, { fails: ['CANCELLED'] }),
    reading.catch(() => {}), // the result tells
  ])
}

const leaseSeconds = 10

const inSession: Act = async (scene) => {
  const { backend, dice, follow } = scene
  const ownProcess = dice.chance(0.15)
  const what = ownProcess ? 'session with a process' : 'session'
  // Where nobody learns of a session, because its opener or the worker has gone, its lease ends it.
  const opening = backend.openSession({ ownProcess, leaseSeconds })
  const session: PythonSession | undefined = await follow(`${what} opened`, opening)
  if (session === undefined) return
  const value = dice.below(1000)
  const kept = await follow(`${what} sets`, session.evaluate('x = value', { value }))
  if (kept !== undefined) await follow(`${what} reads`, session.evaluate('x'), { isRight: (found) => found === value })
  await things({ ...scene, calls: session, follow: (call, ...rest) => follow(`${what}: ${call}`, ...rest) })
  if (dice.chance(0.3)) {
    await follow(`${what} reset`, session.reset())
    await follow(`${what} reads nothing`, session.evaluate('x'), { fails: ['PYTHON_ERROR'] })
  }
  if (ownProcess && dice.chance(0.4)) {
    const fails = ['WORKER_LOST', 'SESSION_NOT_FOUND', 'CONNECTION_LOST'] as const
    await follow(`${what} killed`, session.evaluate('import os\nos._exit(1)'), { fails })
  }
  if (dice.chance(0.8)) await follow(`${what} closed`, session.close())
}

const looking: Act = async ({ backend, follow }) => {
  await follow('ping', backend.initialize(), { isRight: ({ protocol }) => protocol === 1 })
  await follow('session_list', backend.listSessions())
}

/** As often as they stand here. */
export const acts: readonly Act[] = [
  [sum, sum, sum, sum, text, things, things, modules, numbers, failing, looking],
  [calledOff, tooSlow, printing, asking, leftEarly, inSession, inSession],
].flat()

/** Code that takes its worker down. */
export const deadly: readonly string[] = [
  'import os\nos._exit(3)',
  'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)',
  'import os\nos.abort()',
  'import ctypes\nctypes.string_at(0)',
]
