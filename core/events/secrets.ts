/** The tokens that are good right now, so that none of them gets into a text that others read. */
export interface Secrets {
  /** Keeps a token out of every text from now on, until the returned function is called. */
  readonly add: (token: string) => () => void
  /** The text with `***` in the place of each token, and of whatever follows a `Bearer`. */
  readonly mask: (text: string) => string
}

/** What a token of ours looks like: base64url of at least 24 bytes. Few texts have such a run, so few are searched. */
const tokenLike = /[\w-]{32}/u

/** A header that somebody printed; of a token of another program we know nothing but this. */
const authorization = /(authorization["']?\s*[:=]\s*["']?(?:bearer|basic)\s+)[^\s"',;]+/giu
/** Whoever signs in with an address stands before its @, and may have an apostrophe in the password. */
const signedIn = /(\w:\/\/)[^/\s"<>]+@/gu
/** Elsewhere the word is also plain English ("bearer authentication"), so only what is long enough to be a token counts. */
const bearer = /(\bbearer\s+)[\w.~+/=-]{16,}/giu

export function createSecrets(): Secrets {
  const tokens = new Map<symbol, string>()
  return {
    add(token) {
      if (!tokenLike.test(token)) throw new Error('a token has 32 characters of base64url at least')
      const key = Symbol('token')
      tokens.set(key, token)
      return () => void tokens.delete(key)
    },
    mask(text) {
      let masked = text
      if (tokenLike.test(text)) for (const token of tokens.values()) masked = masked.replaceAll(token, '***')
      if (masked.includes('@') && masked.includes('://')) masked = masked.replace(signedIn, '$1***@')
      return /bearer|basic/iu.test(masked) ? masked.replace(authorization, '$1***').replace(bearer, '$1***') : masked
    },
  }
}
