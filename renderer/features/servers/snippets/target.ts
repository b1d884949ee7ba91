import type { Endpoint } from '../../../../contract/index.ts'

export type RpcEndpoint = Extract<Endpoint, { readonly transport: 'rpc' }>
/** Spoken to with what a language has on board. */
export type PlainEndpoint = Exclude<Endpoint, RpcEndpoint>

/** What a snippet is made for. */
export interface SnippetTarget<E extends Endpoint = Endpoint> {
  readonly name: string
  readonly endpoint: E
  /** As it shall stand in the text: the real one, or a mask. Undefined: the server asks for none. */
  readonly token: string | undefined
  /** Undefined: where every program looks by itself. */
  readonly home: string | undefined
}

export const snippetLanguages = ['typescript', 'python', 'csharp', 'go', 'java', 'shell'] as const
export type SnippetLanguage = (typeof snippetLanguages)[number]

/** Names as their owners write them. */
export const languageNames: Readonly<Record<Exclude<SnippetLanguage, 'shell'>, string>> = {
  typescript: 'TypeScript',
  python: 'Python',
  csharp: 'C#',
  go: 'Go',
  java: 'Java',
}

/** A text as a literal of TypeScript, Python, C#, Go and Java alike: all of them know JSON's escapes. */
export function literal(text: string): string {
  return JSON.stringify(text)
}

/** True for the pipes of Windows, which are opened like files and ask for a token first. */
export function isWindowsPipe(path: string): boolean {
  return path.startsWith('\\\\')
}

/** The code that each snippet runs: small, and it shows how values go in. */
export const sample = { expression: 'sum(xs)', locals: { xs: [1, 2, 3] } } as const

/** One request in lines, as docs/wire.md has it. */
export const evalLine = JSON.stringify({ command: 'eval', payload: sample })

/** The first line on a pipe of Windows; undefined where the system tells who asks. */
export function helloLine(token: string | undefined): string | undefined {
  return token === undefined ? undefined : JSON.stringify({ command: 'hello', payload: { token } })
}

/** Lines of code, without those that are not needed here. */
export function code(...lines: readonly (string | undefined)[]): string {
  return lines.filter((line) => line !== undefined).join('\n')
}
