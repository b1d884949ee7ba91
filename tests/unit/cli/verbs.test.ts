import { describe, expect, test } from 'vitest'
import { createProgram } from '../../../cli/program.ts'
import type { Parsed } from '../../../cli/program.ts'
import { verbs } from '../../../cli/verbs.ts'
import { commandNames, desktopOnlyCommands } from '../../../contract/index.ts'

function parse(line: string): Parsed | undefined {
  let parsed: Parsed | undefined
  const nothing = () => {}
  const program = createProgram({
    verbs,
    version: '0',
    onParsed: (found) => (parsed = found),
    write: nothing,
    writeError: nothing,
  })
  program.parse(line.split(' '), { from: 'user' })
  return parsed
}

/** Words for arguments that take no other. */
const samples: Readonly<Record<string, string>> = { '<shell>': 'bash', '<action>': 'install' }

describe('the table of verbs', () => {
  test('has a verb for every command of the contract', () => {
    const spoken = new Set(verbs.flatMap((verb) => verb.commands))
    const missing = commandNames.filter((name) => !spoken.has(name) && !desktopOnlyCommands.has(name))
    expect(missing).toEqual([])
  })

  test('names commands of the contract only', () => {
    const known = new Set<string>(commandNames)
    expect(verbs.flatMap((verb) => verb.commands).filter((name) => !known.has(name))).toEqual([])
  })

  test('uses no words twice', () => {
    const words = verbs.flatMap((verb) => verb.words)
    expect(words.filter((word, place) => words.indexOf(word) !== place)).toEqual([])
  })

  test.each(verbs.flatMap((verb) => verb.words.map((words) => [words, verb] as const)))(
    '`%s` leads to its verb',
    (words, verb) => {
      const needed = Object.values(verb.inputs)
        .filter(({ kind, flags }) => kind === 'argument' && flags.startsWith('<'))
        .map(({ flags }) => samples[flags] ?? 'x')
      expect(parse([words, ...needed].join(' '))?.verb).toBe(verb)
    },
  )

  test('knows `environments` as another word for `venv`', () => {
    expect(parse('environments list')?.verb).toBe(parse('venv list')?.verb)
  })

  test('gives a verb its values by name, and what it says for absent ones', () => {
    expect(parse('start http --name demo --port 0 -d')?.values).toEqual({
      transport: 'http',
      environment: undefined,
      name: 'demo',
      port: 0,
      workers: undefined,
      auth: undefined,
      detach: true,
      all: false,
    })
    expect(parse('venv create demo numpy --package pandas --package scipy')?.values).toEqual({
      name: 'demo',
      specs: ['numpy'],
      runtime: undefined,
      packages: ['pandas', 'scipy'],
      profiles: [],
    })
  })

  test('leaves --version to init, where it names a Python', () => {
    expect(parse('init --version 3.12')?.values['version']).toBe('3.12')
  })

  test.each(['--json --quiet status', 'status --json --quiet', 'host --json --quiet status'])(
    'reads the options of every verb anywhere: %s',
    (line) => {
      expect(parse(line)?.globals).toEqual({
        json: true,
        quiet: true,
        color: true,
        home: undefined,
        timeout: undefined,
      })
    },
  )

  test('lets what stands nearer to the verb win', () => {
    expect(parse('--home a status --home b --timeout 1.5 --no-color')?.globals).toMatchObject({
      home: 'b',
      timeout: 1.5,
      color: false,
    })
  })
})
