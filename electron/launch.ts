import path from 'node:path'
import { hiddenFlag, linkScheme } from './names.ts'

/** What a start of the app was asked for. Travels to the running instance as it is, so only plain data. */
export type Launch = {
  /** The data root; undefined: the usual one. */
  readonly home: string | undefined
  /** In the tray only. */
  readonly isHidden: boolean
  readonly link: string | undefined
}

/**
 * Reads our own words among those of Chromium, Electron and debuggers. What follows a link is not looked at: a link comes from
 * anywhere, and on Windows one with a quote in it could otherwise bring arguments along.
 */
export function readLaunch(argv: readonly string[], cwd: string): Launch {
  const isLink = (word: string) => word.toLowerCase().startsWith(`${linkScheme}:`)
  const at = argv.findIndex(isLink)
  const words = at === -1 ? argv : argv.slice(0, at)
  const home = homeIn(words)
  return {
    home: home === undefined ? undefined : path.resolve(cwd, home),
    isHidden: words.includes(hiddenFlag),
    link: at === -1 ? undefined : argv[at],
  }
}

function homeIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === '--home' || word.startsWith('--home='))
  const word = words[at]
  const value = word === '--home' ? words[at + 1] : word?.slice('--home='.length)
  return value === undefined || value === '' || value.startsWith('--') ? undefined : value
}
