import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Access } from './access.ts'

/** The tokens that open the control door, and what each of them opens. */
export interface Grants {
  /** A fresh token, good until it is taken back. */
  readonly grant: (access: Access) => { readonly token: string; readonly revoke: () => void }
  /** What the text of an `Authorization` header opens; undefined: nothing. */
  readonly accessOf: (authorization: string) => Access | undefined
}

const tokenBytes = 32

export function createGrants(): Grants {
  const granted = new Map<string, Access>()
  return {
    grant(access) {
      const token = randomBytes(tokenBytes).toString('base64url')
      granted.set(token, access)
      return { token, revoke: () => void granted.delete(token) }
    },
    accessOf(authorization) {
      const given = Buffer.from(authorization)
      let found: Access | undefined
      // Every one of them is compared, so that the time tells nothing.
      for (const [token, access] of granted) {
        const expected = Buffer.from(`Bearer ${token}`)
        if (given.length === expected.length && timingSafeEqual(given, expected)) found = access
      }
      return found
    },
  }
}
