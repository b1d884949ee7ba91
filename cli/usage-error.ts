import { CommanderError } from 'commander'
import { AppError } from '../contract/index.ts'

/** True for help and version texts, which commander ends a parse with though nothing is wrong. */
export function isJustText(thrown: unknown): boolean {
  return thrown instanceof CommanderError && thrown.exitCode === 0
}

/** Commander's complaint as ours: the sentence, and its suggestion as the hint. */
export function usageError(thrown: CommanderError): AppError {
  // `venv` alone: commander has printed the help of that family in place of a sentence.
  if (thrown.code === 'commander.help') return new AppError('INVALID_PARAMS', 'A verb is missing', { hint: seeHelp })
  const [sentence = '', suggestion] = thrown.message.replace(/^error: /u, '').split('\n(')
  const code = thrown.code === 'commander.unknownCommand' ? 'UNKNOWN_COMMAND' : 'INVALID_PARAMS'
  const wrongValue = invalidValue(sentence)
  if (wrongValue) return new AppError(code, wrongValue.message, { hint: wrongValue.hint })
  const hint = suggestion === undefined ? seeHelp : suggestion.replace(/\)$/u, '')
  return new AppError(code, capitalised(sentence.replace(/\.$/u, '')), { hint })
}

const seeHelp = 'See `beep-host help`, or --help after a verb'

/** Two sentences in one, which differ for arguments and options: what is wrong, and what would be right. */
function invalidValue(sentence: string): { readonly message: string; readonly hint: string } | undefined {
  const argument = /^command-argument value '(.*)' is invalid for argument '(.*?)'\. (.*?)\.?$/su.exec(sentence)
  if (argument) return { message: `${argument[2]!} cannot be '${argument[1]!}'`, hint: argument[3]! }
  const option = /^option '(.*?)' argument '(.*)' is invalid\. (.*?)\.?$/su.exec(sentence)
  return option ? { message: `${option[1]!} cannot be '${option[2]!}'`, hint: option[3]! } : undefined
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
