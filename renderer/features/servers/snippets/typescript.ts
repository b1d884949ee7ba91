import { code, literal } from './target.ts'
import type { SnippetTarget } from './target.ts'

/** The client package finds address and token by the name, and follows a restart elsewhere. */
export function typescriptSnippet({ name, home }: SnippetTarget): string {
  const place = home === undefined ? '' : `, { home: ${literal(home)} }`
  return code(
    "import { connect } from '@beep-python/client'",
    '',
    `await using python = await connect(${literal(name)}${place})`,
    "console.log(await python.evaluate<number>('sum(xs)', { xs: [1, 2, 3] }))",
  )
}
