import { InvalidArgumentError } from 'commander'

/** One argument or option of a verb. `T` is what the verb gets. */
export interface Input<T> {
  readonly kind: 'argument' | 'option'
  /** As commander reads it: `<name>`, `[spec...]`, `--port <n>`, `-f, --follow`. */
  readonly flags: string
  readonly help: string
  /** Text to value, called for each occurrence; absent: the text itself. @throws InvalidArgumentError */
  parse?(text: string, previous: T | undefined): T
  /** What the verb gets where the user gave nothing. */
  readonly absent: T
}

export type Inputs = Readonly<Record<string, Input<unknown>>>

/** What a verb gets for its inputs. */
export type Values<I extends Inputs> = { readonly [K in keyof I]: I[K] extends Input<infer T> ? T : never }

/** `<name>`: must be there. */
export function required(name: string, help: string): Input<string> {
  return { kind: 'argument', flags: `<${name}>`, help, absent: '' }
}

/** `[name]`: may be there. */
export function optional(name: string, help: string): Input<string | undefined> {
  return { kind: 'argument', flags: `[${name}]`, help, absent: undefined }
}

/** `[name...]`, or `<name...>` where at least one must be there. */
export function rest(name: string, help: string, atLeastOne = false): Input<readonly string[]> {
  return {
    kind: 'argument',
    flags: atLeastOne ? `<${name}...>` : `[${name}...]`,
    help,
    parse: (word, previous) => [...(previous ?? []), word],
    absent: [],
  }
}

export function flag(flags: string, help: string): Input<boolean> {
  return { kind: 'option', flags, help, absent: false }
}

export function text(flags: string, help: string): Input<string | undefined> {
  return { kind: 'option', flags, help, absent: undefined }
}

/** An option that may be given several times. */
export function texts(flags: string, help: string): Input<readonly string[]> {
  return { kind: 'option', flags, help, parse: (value, previous) => [...(previous ?? []), value], absent: [] }
}

export function integer(flags: string, help: string, least: number, most: number): Input<number | undefined> {
  return {
    kind: 'option',
    flags,
    help,
    parse: (value) => wholeNumber(value, least, most),
    absent: undefined,
  }
}

/** A number, or a word in its place. */
export function integerOr<const W extends string>(
  flags: string,
  help: string,
  least: number,
  most: number,
  word: W,
): Input<number | W | undefined> {
  return {
    kind: 'option',
    flags,
    help,
    parse: (value) => (value === word ? word : wholeNumber(value, least, most, `, or ${word}`)),
    absent: undefined,
  }
}

function wholeNumber(value: string, least: number, most: number, orElse = ''): number {
  const number = /^\d+$/u.test(value) ? Number(value) : Number.NaN
  if (number >= least && number <= most) return number
  throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}${orElse}.`)
}

/** One of a few words. `flags` with a leading dash makes an option, else an argument. */
export function choice<const T extends string>(
  flags: string,
  help: string,
  choices: readonly T[],
): Input<T | undefined> {
  const kind = flags.startsWith('-') ? 'option' : 'argument'
  return { kind, flags, help, parse: (value) => oneOf(choices, value), absent: undefined }
}

export function requiredChoice<const T extends string>(
  name: string,
  help: string,
  choices: readonly [T, ...T[]],
): Input<T> {
  return { kind: 'argument', flags: `<${name}>`, help, parse: (value) => oneOf(choices, value), absent: choices[0] }
}

function oneOf<T extends string>(choices: readonly T[], value: string): T {
  const chosen = choices.find((known) => known === value)
  if (chosen !== undefined) return chosen
  throw new InvalidArgumentError(`It must be one of ${choices.join(', ')}.`)
}
