import { CommanderError } from 'commander'
import { AppError } from '../contract/index.ts'

/** True for help and version texts, which commander ends a parse with though nothing is wrong. */
export function isJustText(thrown: unknown): boolean {
  return thrown instanceof CommanderError && thrown.exitCode === 0
}

/** Commander's complaint as ours: the sentence, and its suggestion as the hint. */
export function usageError(thrown: CommanderError): AppError {
  const [sentence = '', suggestion] = thrown.message.split('\n(')
  // `venv` alone: commander has printed the help of that family in place of a sentence.
  if (thrown.code === 'commander.help') return new AppError('INVALID_PARAMS', 'A verb is missing')
  const code = thrown.code === 'commander.unknownCommand' ? 'UNKNOWN_COMMAND' : 'INVALID_PARAMS'
  const hint = suggestion === undefined ? 'See `beep-host help`' : suggestion.replace(/\)$/u, '')
  return new AppError(code, capitalised(sentence.replace(/^error: /u, '').replace(/\.$/u, '')), { hint })
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
