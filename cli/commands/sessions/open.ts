import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import { flag, integer, required, text, texts } from '../../inputs.ts'
import { sessionFields } from '../../tables/sessions.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

const mebibyte = 1024 * 1024
const longestSeconds = 7 * 86_400

export const openSession = verb({
  words: ['session open'],
  summary: 'Open a session: names that code makes in it last until it is closed',
  commands: ['sessions.open'],
  inputs: {
    server: required('server', 'which server'),
    name: text('--name <name>', 'what people shall call it; need not be unique'),
    folder: text('--folder <dir>', 'the working folder of its code'),
    env: texts('--env <name=value>', 'an environment variable of its code; NAME alone takes it out; may be repeated'),
    ownProcess: flag('--own-process', 'a process of its own: what happens in it reaches nobody else'),
    memory: integer(
      '--memory <MiB>',
      'how much address space that process may have; implies --own-process',
      256,
      1 << 30,
    ),
    timeLimit: integer('--time-limit <seconds>', 'for each request in it', 1, longestSeconds),
    lease: integer(
      '--lease <seconds>',
      'it is closed when nobody uses it for so long; 900 where not given',
      1,
      longestSeconds,
    ),
    handles: integer('--handles <count>', 'how many objects it may hold', 1, 1_000_000),
  },
  async run({ call, io }, { server, name, folder, env, ownProcess, memory, timeLimit, lease, handles }) {
    const session = await call('sessions.open', {
      server,
      ...(name === undefined ? {} : { name }),
      ...(folder === undefined ? {} : { workingFolder: path.resolve(io.cwd, folder) }),
      ...(env.length === 0 ? {} : { environmentVariables: parseVariables(env) }),
      ...(ownProcess ? { ownProcess } : {}),
      ...(memory === undefined ? {} : { memoryLimitBytes: memory * mebibyte }),
      ...(timeLimit === undefined ? {} : { timeoutSeconds: timeLimit }),
      ...(lease === undefined ? {} : { leaseSeconds: lease }),
      ...(handles === undefined ? {} : { handleLimit: handles }),
    })
    const notes = [`\`beep-host exec ${visible(server)} --session ${session.id} CODE\` runs code in it`]
    return { json: session, text: sessionFields(session), notes }
  },
})

/** @throws AppError INVALID_PARAMS */
export function parseVariables(words: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    words.map((word) => {
      const [, name, value] = /^([^=]+)(?:=(.*))?$/su.exec(word) ?? []
      if (name === undefined) throw new AppError('INVALID_PARAMS', `--env ${JSON.stringify(word)} names no variable`)
      return [name, value ?? null]
    }),
  )
}
