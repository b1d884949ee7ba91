import { z } from 'zod'
import type { ErrorInfo } from '../../../contract/index.ts'
import { settledText } from '../../lib/terminal-text.ts'

const detailsSchema = z.object({ lastLines: z.array(z.string()) })

/** Lines that stand in the card; the evidence has all that are kept. */
const shownLines = 8

/** What a process said last before it ended, newest lines; none where the failure is of another kind, or its message says it all. */
export function lastLinesOf(error: ErrorInfo): readonly string[] {
  const lines = detailsSchema.safeParse(error.details).data?.lastLines ?? []
  const said = lines.map(settledText).filter((line) => line.trim() !== '')
  const [only = ''] = said
  return said.length === 1 && error.message.endsWith(only) ? [] : said.slice(-shownLines)
}
