// oxlint-disable-next-line eslint/no-control-regex -- escape sequences begin with a control character
const escapes = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_])/gu

/** The text as it is shown: without the colours that a program sends to a terminal. */
export function plain(text: string): string {
  return text.includes('\u001B') ? text.replaceAll(escapes, '') : text
}

/**
 * What a terminal would show in the end: no colours, and a line that was written over (progress bars end with `\r`, not `\n`) as it
 * was written last. `\r\n` is a line's end like any other.
 */
export function settledText(text: string): string {
  const shown = plain(text)
  if (!shown.includes('\r') && !shown.includes('\b')) return shown
  return shown.replaceAll(/\r+\n/gu, '\n').split('\n').map(writtenOver).join('\n')
}

function writtenOver(line: string): string {
  if (!line.includes('\r') && !line.includes('\b')) return line
  const cells: string[] = []
  let at = 0
  for (const letter of line) {
    if (letter === '\r') at = 0
    else if (letter === '\b') at = Math.max(0, at - 1)
    else {
      cells[at] = letter
      at += 1
    }
  }
  return cells.join('').trimEnd()
}
