import type { ExecutionOutput } from '../../../contract/index.ts'
import { settledText } from '../../lib/terminal-text.ts'

/** What is put on the page of one run's output: more would make the window slow, and nobody reads it here. */
export const pageChars = 100_000
export const pageLines = 2000
export const pageDisplays = 50

export interface OnPage {
  readonly output: readonly ExecutionOutput[]
  /** Older output is left out. */
  readonly isCut: boolean
}

/** The newest part of an output, as a terminal would show it. It looks at no more than it keeps. */
export function onPage(output: readonly ExecutionOutput[]): OnPage {
  const kept: ExecutionOutput[] = []
  let chars = pageChars
  let lines = pageLines
  let displays = pageDisplays
  for (const one of output.toReversed()) {
    if (chars <= 0 || lines <= 0 || displays <= 0) return { output: kept.reverse(), isCut: true }
    if (one.kind === 'display') {
      kept.push(one)
      displays -= 1
      continue
    }
    if (one.kind === 'input') {
      kept.push(one)
      chars -= one.prompt.length + (one.answer?.length ?? 0)
      lines -= 1
      continue
    }
    const isLong = one.text.length > chars
    const shown = settledText(isLong ? fromLineStart(one.text, chars) : one.text)
    const parts = shown.split('\n')
    const isTall = parts.length > lines
    kept.push({ ...one, text: isTall ? parts.slice(-lines).join('\n') : shown })
    chars -= one.text.length
    lines -= parts.length
    if (isLong || isTall) return { output: kept.reverse(), isCut: true }
  }
  return { output: kept.reverse(), isCut: false }
}

/** The end of a text, from the beginning of a line where there is one. */
function fromLineStart(text: string, chars: number): string {
  const end = text.slice(-chars)
  const at = end.indexOf('\n')
  return at === -1 || at === end.length - 1 ? end : end.slice(at + 1)
}

/** All of it as text, for the clipboard and for files: of a display its plain form. */
export function outputText(output: readonly ExecutionOutput[]): string {
  return output.map(textOf).join('')
}

function textOf(one: ExecutionOutput): string {
  if (one.kind === 'text') return settledText(one.text)
  return one.kind === 'input' ? `${one.prompt}${one.answer ?? ''}\n` : `${one.data['text/plain'] ?? ''}\n`
}
