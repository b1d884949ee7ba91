import { childEnvironment, windowsProgram } from '../../platform/index.ts'
import { run } from '../../process/index.ts'
import { parseGnomeProxy } from './gnome.ts'
import { parseMacProxy } from './macos.ts'
import { noSystemProxy } from './system-proxy.ts'
import type { SystemProxy } from './system-proxy.ts'
import { parseWindowsProxy, windowsKey } from './windows.ts'

/** The program that knows, and how its words are read. */
interface Question {
  readonly argv: readonly [string, ...string[]]
  readonly parse: (text: string) => SystemProxy
}

/** Undefined where there is nobody to ask: a Linux without a desktop session. */
export function systemQuestion(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Question | undefined {
  if (platform === 'win32') return { argv: [windowsProgram('reg', env), 'query', windowsKey], parse: parseWindowsProxy }
  if (platform === 'darwin') return { argv: ['/usr/sbin/scutil', '--proxy'], parse: parseMacProxy }
  const hasSession = Boolean(env['DBUS_SESSION_BUS_ADDRESS']) && Boolean(env['XDG_CURRENT_DESKTOP'])
  return hasSession
    ? { argv: ['gsettings', 'list-recursively', 'org.gnome.system.proxy'], parse: parseGnomeProxy }
    : undefined
}

/** Milliseconds; each answers in some 30. */
const askLimitMs = 3000
/** Milliseconds that an answer holds: a start of a server must not wait for a child process each time. */
const freshMs = 30_000

/** Asks the operating system, at most every half a minute. What cannot be asked has no proxy. */
export function systemAsker(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): () => Promise<SystemProxy> {
  let answer: Promise<SystemProxy> | undefined
  let askedAt = 0
  return () => {
    const question = systemQuestion(platform, env)
    if (question === undefined) return Promise.resolve(noSystemProxy)
    if (answer === undefined || performance.now() - askedAt > freshMs) {
      askedAt = performance.now()
      answer = ask(question, env, platform)
    }
    return answer
  }
}

async function ask({ argv, parse }: Question, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<SystemProxy> {
  try {
    const { exitCode, stdout } = await run(argv, { env: childEnvironment(env, platform), timeoutMs: askLimitMs })
    return exitCode === 0 ? parse(stdout) : noSystemProxy
  } catch {
    return noSystemProxy
  }
}
