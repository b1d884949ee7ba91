import { Command, Option } from 'commander'
import type { GlobalOptions } from './global-options.ts'
import { addGlobalOptions, globalOptionsOf } from './global-options.ts'
import type { Input } from './inputs.ts'
import type { Verb } from './verb.ts'

/** What the words of a command line mean. */
export interface Parsed {
  readonly verb: Verb
  readonly values: Record<string, unknown>
  readonly globals: GlobalOptions
}

export interface ProgramOptions {
  readonly verbs: readonly Verb[]
  readonly version: string
  readonly onParsed: (parsed: Parsed) => void
  readonly write: (text: string) => void
  readonly writeError: (text: string) => void
}

/** Words that head a family of verbs. */
const nouns: Readonly<Record<string, { readonly summary: string; readonly alias?: string }>> = {
  venv: { summary: 'Environments: make, look at, fill and delete them', alias: 'environments' },
  runtimes: { summary: 'Pythons: find, get, choose and remove them' },
  servers: { summary: 'Servers: everything about them under one word' },
  session: { summary: 'Sessions of a running server: places where names last', alias: 'sessions' },
  packages: { summary: 'Packages of an environment' },
  profiles: { summary: 'Sets of packages to begin with' },
  bundle: { summary: 'A Python and packages in one file, for where there is no network' },
  cache: { summary: 'Downloads that can be had again' },
  network: { summary: 'Proxy, certificates and package sources: what is in effect, and whether it works' },
  jobs: { summary: 'Long work that is under way in the host' },
  host: { summary: 'The process that keeps the servers' },
}

const headings: readonly (readonly [heading: string, words: readonly string[]])[] = [
  ['Getting started:', ['init', 'start', 'eval', 'exec', 'interrupt', 'endpoint', 'logs', 'stop']],
  ['Looking around:', ['status', 'list', 'metrics', 'doctor', 'diagnostics', 'storage', 'config']],
  ['By noun:', Object.keys(nouns)],
]

/** The whole command line as commander's tree. Nothing here does any work: a parsed line goes to `onParsed`. */
export function createProgram(options: ProgramOptions): Command {
  const program = new Command('beep-host')
    .description(
      'Gets a Python, makes environments, and starts local servers through which any program runs Python code',
    )
    .version(options.version, '-V, --version', 'print the version')
    .helpCommand('help [verb]', 'explain a verb')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 conflict, 5 timed out, 130 interrupted',
    )
  const prepared = addGlobalOptions(prepare(program, options))
  // The usual words first: they head the help.
  for (const verb of options.verbs) addVerb(prepared, verb.words[0]!, verb, options)
  for (const verb of options.verbs) for (const words of verb.words.slice(1)) addVerb(prepared, words, verb, options)
  return prepared
}

function prepare(command: Command, { write, writeError }: ProgramOptions): Command {
  return command
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: writeError, outputError: () => {} })
    .configureHelp({ subcommandTerm: termOf })
}

/** A verb in the list of its family: its words and arguments. That it has options goes without saying. */
function termOf(command: Command): string {
  const places = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name()
    return argument.required ? `<${name}>` : `[${name}]`
  })
  return [[command.name(), ...command.aliases()].join('|'), ...places].join(' ')
}

function addVerb(program: Command, words: string, verb: Verb, options: ProgramOptions): void {
  const [first, second] = words.split(' ')
  const parent = second === undefined ? program : family(program, first!, options)
  const command = prepare(parent.command(second ?? first!), options).description(verb.summary)
  if (parent === program) command.helpGroup(headingOf(command.name()))
  if (verb.more !== undefined) command.addHelpText('after', `\n${verb.more}`)

  const names = Object.keys(verb.inputs)
  const places = names.filter((key) => verb.inputs[key]!.kind === 'argument')
  for (const key of names) addInput(command, verb.inputs[key]!)
  // After its own ones, which are why somebody looks at the help of a verb.
  addGlobalOptions(command)
  command.action(() => {
    const values = Object.fromEntries(
      names.map((key) => {
        const input = verb.inputs[key]!
        const given: unknown =
          input.kind === 'argument'
            ? command.processedArgs[places.indexOf(key)]
            : command.getOptionValue(new Option(input.flags).attributeName())
        return [key, given ?? input.absent]
      }),
    )
    options.onParsed({ verb, values, globals: globalOptionsOf(command) })
  })
}

function family(program: Command, noun: string, options: ProgramOptions): Command {
  // `config` is a verb, and heads a family, too.
  const known = program.commands.find((command) => command.name() === noun)
  if (known) return known
  const command = addGlobalOptions(prepare(program.command(noun), options)).helpGroup(headingOf(noun))
  const { summary = '', alias } = nouns[noun] ?? {}
  if (alias !== undefined) command.alias(alias)
  return command.description(summary)
}

function addInput(command: Command, input: Input<unknown>): void {
  const parse = input.parse && ((text: string, previous: unknown) => input.parse!(text, previous))
  if (input.kind === 'option') {
    const option = new Option(input.flags, input.help)
    command.addOption(parse ? option.argParser(parse) : option)
  } else if (parse) command.argument(input.flags, input.help, parse)
  else command.argument(input.flags, input.help)
}

function headingOf(word: string): string {
  return headings.find(([, words]) => words.includes(word))?.[0] ?? 'More:'
}
