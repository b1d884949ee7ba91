import { displayWidth, visible } from './visible.ts'

export interface Column<T> {
  readonly title: string
  readonly cell: (row: T) => string
  readonly align?: 'right'
}

/**
 * Rows under a line of titles, two spaces between columns, nothing after the last one. Cells come from outside, so each
 * goes through `visible`; an empty one shows as a dash, so that columns can be counted by eye and by `awk`.
 */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const lines = [
    columns.map((column) => column.title.toUpperCase()),
    ...rows.map((row) => columns.map((column) => visible(column.cell(row)) || '-')),
  ]
  const widths = columns.map((_, place) => Math.max(...lines.map((line) => displayWidth(line[place]!))))
  return lines
    .map((line) =>
      line
        .map((cell, place) => pad(cell, widths[place]!, columns[place]!.align))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Names and values, the values in one column. */
export function fields(entries: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...entries.map(([name]) => displayWidth(name)))
  return entries.map(([name, value]) => `${pad(name, width)}  ${visible(value) || '-'}`).join('\n')
}

function pad(cell: string, width: number, align?: 'right'): string {
  const fill = ' '.repeat(Math.max(0, width - displayWidth(cell)))
  return align === 'right' ? fill + cell : cell + fill
}
