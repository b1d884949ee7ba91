import { nameProblem } from '../../contract/index.ts'
import { linkScheme } from '../names.ts'

/** A screen of the window, and the thing on it that is to be shown. */
export interface Place {
  readonly screen: string
  readonly item?: string | undefined
}

/** The screens that a link may open; those with `true` take the name of a thing. */
const screens: Readonly<Record<string, boolean>> = {
  home: false,
  runtimes: false,
  environments: true,
  profiles: false,
  servers: true,
  playground: true,
  logs: true,
  activity: false,
  settings: false,
}

/** No name comes near this, even with three bytes for each character. */
const maxChars = 1000

/**
 * What a link such as `beep-python://servers/demo` shows; undefined for what is none of ours. Anybody can make somebody click
 * one, so it names a place and can do nothing.
 */
export function placeOfLink(link: string): Place | undefined {
  if (link.length > maxChars || !URL.canParse(link)) return undefined
  const { protocol, host, pathname, search, hash, username, password, port } = new URL(link)
  if (protocol !== `${linkScheme}:` || search + hash + username + password + port !== '') return undefined
  const screen = host === '' ? 'home' : host
  const takesName = Object.hasOwn(screens, screen) ? screens[screen] : undefined
  if (takesName === undefined) return undefined
  const name = pathname.replace(/^\//u, '').replace(/\/$/u, '')
  if (name === '') return { screen }
  if (!takesName) return undefined
  try {
    const item = decodeURIComponent(name).normalize('NFC')
    return nameProblem(item) === undefined ? { screen, item } : undefined
  } catch {
    return undefined
  }
}

/** The place as it stands behind the page's address. */
export function hashOf({ screen, item }: Place): string {
  return `#/${screen}${item === undefined ? '' : `/${encodeURIComponent(item)}`}`
}
