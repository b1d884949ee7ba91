import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'

/** What every verb takes, before or after its words. */
export interface GlobalOptions {
  readonly json: boolean
  readonly home: string | undefined
  /** Seconds for the whole command. */
  readonly timeout: number | undefined
  readonly quiet: boolean
  readonly color: boolean
}

const heading = 'For every verb:'

export function addGlobalOptions(command: Command): Command {
  const options = [
    new Option('--json', 'one JSON document on stdout, and nothing else there'),
    new Option('--home <folder>', 'data root; else $BEEP_HOME, else ~/.beep-python'),
    new Option('--timeout <seconds>', 'give up after this time, and end with code 5').argParser(seconds),
    new Option('-q, --quiet', 'no progress and no notes'),
    new Option('--no-color', 'no colours; $NO_COLOR does the same'),
  ]
  for (const option of options) command.addOption(option.helpGroup(heading))
  return command.addHelpOption(new Option('-h, --help', 'explain this').helpGroup(heading))
}

/** The options of the whole line: what stands nearer to the verb wins. */
export function globalOptionsOf(leaf: Command): GlobalOptions {
  const given: Record<string, unknown> = {}
  for (let command: Command | null = leaf; command !== null; command = command.parent) {
    for (const [name, value] of Object.entries(command.opts<Record<string, unknown>>())) {
      if (command.getOptionValueSource(name) === 'cli') given[name] ??= value
    }
  }
  return {
    json: given['json'] === true,
    home: typeof given['home'] === 'string' ? given['home'] : undefined,
    timeout: typeof given['timeout'] === 'number' ? given['timeout'] : undefined,
    quiet: given['quiet'] === true,
    color: given['color'] !== false,
  }
}

/** For a line that could not be parsed: how shall we say so? */
export function looksLikeJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return argv.slice(0, end < 0 ? argv.length : end).includes('--json')
}

function seconds(text: string): number {
  const value = Number(text)
  // 2^31 - 1 ms is the longest that a timer can wait.
  if (/^\d*\.?\d+$/u.test(text) && value > 0 && value < 2_147_483) return value
  throw new InvalidArgumentError('It must be a number of seconds above 0.')
}
