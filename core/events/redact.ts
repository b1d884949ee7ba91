import type { Secrets } from './secrets.ts'

/** What a text may hold that is nobody else's business, as far as it is known beforehand. */
export interface Known {
  /** Masks the tokens that are good right now (secrets.ts). */
  readonly mask: Secrets['mask']
  /** Names and passwords that addresses are signed in to with: `name:password`, percent-encoded. */
  readonly credentials?: Iterable<string>
  /** The user's home folder, by all its names: shown as `~`. */
  readonly homes?: readonly string[]
}

/** Takes out of a text, or of whatever may be written down as JSON, all that is secret. What is left may be shown to others. */
export type Redact = <T>(value: T) => T

const hidden = '***'

/**
 * Words of a name that make what it stands for a secret, also run together with others (`PGPASSWORD`) and numbered. `PWD` alone
 * is the working folder, `tokens` are counted, and a compass is no pass.
 */
const secretWord =
  /^(?:(?:pwd|pass|pat|sig|authorization)|\w*(?:token|secrets?|password|passwd|passphrase|credentials?|(?:api|auth|access|secret|private)key|cookies?|signature|sshpass))\d*$/u
const keyOf = /^(api|access|private|secret|signing|encryption|account|master|license|subscription|auth)$/u

/** True for the name of a variable, an option or a field whose value nobody else may see: `HF_TOKEN`, `--api-key`, `dbPassword`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/u)
    .filter(Boolean)
  if (words.length === 1 && (words[0] === 'pwd' || words[0] === 'pass')) return false
  if (name === '_auth') return true
  return words.some((word, at) => secretWord.test(word) || (word === 'key' && keyOf.test(words[at - 1] ?? '')))
}

/**
 * What signs somebody in, whatever its scheme: to the quote that it was opened with, else the whole line, for quotes are part of
 * such lines. That there is none (`"cookie":null`) is no secret, and what follows may be needed.
 */
const signingLine = new RegExp(
  [
    String.raw`\b((?:proxy-)?authorization|(?:set-)?cookie)(\\?["']?\s{0,3}[:=]\s{0,3})`,
    String.raw`(?!\s{0,3}(?:true|false|null|none|undefined)(?:[\s,;)}\]]|$))`,
    String.raw`(?:(\\["'])(?:(?!\3)[^\n])+|(["'])(?:\\.|(?!\4)[^\n\\])+|(?!\\?["'])[^\n]+)`,
  ].join(''),
  'giu',
)
/** What a name stands for: quoted, also as in JSON within JSON and where the end is cut off, or one word. */
const value = [
  String.raw`"(?:[^"\\\n]|\\.)*"?`,
  String.raw`'(?:[^'\\\n]|\\.)*'?`,
  String.raw`\\"[^"\\\n]*(?:\\")?`,
  String.raw`\\'[^'\\\n]*(?:\\')?`,
  String.raw`[^\s"',;&)}\]]+`,
].join('|')
const valueHere = new RegExp(value, 'uy')
/** `NAME=`, `"name": `, `name: `; what follows ends where a word, a list or a query does. */
const assigning = /(?<!\w)([a-z_][\w.-]{0,80})\\?["']?\s{0,3}[:=]\s{0,3}/giu
/** `--name ` */
const option = /(?<![\w-])(--?[a-z][\w-]{0,80})\s{1,3}(?!-)/giu
/** `name:password@host` without an address around it; a password may have an apostrophe in it. */
const signedIn = /(?<![^\s"'=<>(])[^\s:@/"']{1,200}:[^\s@/"]{1,200}@(?=[\w[])/gu
const privateKey = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/gu
/** Tokens that well-known services give out tell by their beginning what they are. */
const wellKnown =
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|hf_\w{16,}|sk-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|AKIA[A-Z\d]{16}|AIza[\w-]{30,}|pypi-[\w-]{16,}|npm_\w{20,}|eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*)/gu

/** A word that says of a secret whether it is there, and not what it is. */
const isTold = (text: string) => /^(?:true|false|null|none|undefined|\*+)$/iu.test(text)

export function createRedact({ mask, credentials = [], homes = [] }: Known): Redact {
  const passwords = [...new Set([...credentials].flatMap(partsOf))].sort((a, b) => b.length - a.length)
  const folders = [...new Set(homes)].filter(isFolderOfSomebody).sort((a, b) => b.length - a.length)
  const homePatterns = folders.flatMap((folder) => [folder, encodeURI(folder)]).map(homePattern)

  const text = (given: string): string => {
    let shown = mask(given)
    for (const password of passwords) shown = shown.replaceAll(password, hidden)
    shown = shown
      .replace(privateKey, `(a private key) ${hidden}`)
      .replace(signingLine, (_all, name: string, between: string, escaped = '', quote = '') =>
        [name, between, escaped, quote, hidden].join(''),
      )
      .replace(wellKnown, hidden)
    shown = hideNamed(hideNamed(shown, assigning), option)
    if (shown.includes('@')) shown = shown.replace(signedIn, `${hidden}@`)
    for (const pattern of homePatterns) shown = shown.replace(pattern, '~')
    return shown
  }
  const any = (given: unknown): unknown => {
    if (typeof given === 'string') return text(given)
    if (Array.isArray(given)) return given.map((item, at) => (followsSecretOption(given, at) ? hidden : any(item)))
    if (given === null || typeof given !== 'object') return given
    return Object.fromEntries(
      Object.entries(given).map(([name, item]) => [text(name), isSecretValue(name, item) ? hidden : any(item)]),
    )
  }
  return <T>(given: T) => any(given) as T
}

/** @param naming finds a name and what stands between it and its value; what a harmless name stands for is looked through, too */
function hideNamed(text: string, naming: RegExp): string {
  let shown = ''
  let done = 0
  for (const found of text.matchAll(naming)) {
    const at = found.index + found[0].length
    if (found.index < done || !isSecretName(found[1]!)) continue
    valueHere.lastIndex = at
    const [given = ''] = valueHere.exec(text) ?? []
    const [, open = '', inner = given, close = ''] = /^(\\?["'])([\s\S]*?)(\\?["'])?$/u.exec(given) ?? []
    if (inner === '' || isTold(inner)) continue
    shown += `${text.slice(done, at)}${open}${hidden}${close}`
    done = at + given.length
  }
  return shown + text.slice(done)
}

/** Of a field: an object is looked into, and whether something is there is no secret. */
function isSecretValue(name: string, item: unknown): boolean {
  const isPlain = (typeof item === 'string' && item !== '') || typeof item === 'number'
  return isSecretName(name) && (isPlain || (Array.isArray(item) && item.length > 0))
}

/** Of an argument array. */
function followsSecretOption(items: readonly unknown[], at: number): boolean {
  const before = items[at - 1]
  return typeof before === 'string' && /^--?[a-z][\w-]*$/iu.test(before) && isSecretName(before)
}

/** A password alone, too, where it is long enough to be one and not a word in passing. */
function partsOf(credentials: string): string[] {
  const password = credentials.slice(credentials.indexOf(':') + 1)
  const forms = [credentials, password].flatMap((one) => [one, decoded(one)])
  return forms.filter((one) => one.length >= 5)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Not the root of a disk, which services and containers may have for their home. */
function isFolderOfSomebody(folder: string): boolean {
  return /[^\\/:]/u.test(folder.replace(/^[a-z]:/iu, ''))
}

/** The folder itself, or what lies in it; written with either slash, also doubled as in JSON. */
function homePattern(folder: string): RegExp {
  const parts = folder.replace(/[\\/]+$/u, '').split(/[\\/]+/u)
  const escaped = parts.map((part) => part.replaceAll(/[$()*+.?[\]^{|}]/gu, String.raw`\$&`))
  const source = escaped.join(String.raw`[\\/]{1,4}`).replace(/^\[\\\\\/\]\{1,4\}/u, String.raw`[\\/]`)
  const isWindows = /^[a-z]:|^\\\\/iu.test(folder)
  return new RegExp(
    String.raw`(?<![\p{L}\p{N}_])${source}(?![\p{L}\p{N}_-])(?!\.[\p{L}\p{N}])`,
    isWindows ? 'giu' : 'gu',
  )
}
