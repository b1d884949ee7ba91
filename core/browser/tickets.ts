import { randomBytes } from 'node:crypto'

/** How long a ticket may wait for the browser that it was printed for. */
const ticketMs = 10 * 60_000
/** How long somebody is expected who has just been given a ticket: a browser starts, the page loads. */
const expectedMs = 60_000
/** How long a browser session lasts without the host ending: a working day and a bit. */
const sessionMs = 16 * 3600_000

export type Redemption = { readonly session: string } | { readonly refused: 'unknown' | 'used' | 'expired' }

/**
 * Who may use the browser door. A ticket is in the address that the host prints; it is good once, since an address ends up in
 * histories and on screens. What it buys is a session that only the cookie knows.
 */
export interface Tickets {
  readonly issue: () => string
  /** Somebody is about to come in: their ticket is so new that a host should wait for them. */
  readonly isSomebodyExpected: () => boolean
  readonly redeem: (ticket: string) => Redemption
  readonly isSession: (session: string | undefined) => boolean
}

export function createTickets(now: () => number = Date.now): Tickets {
  const tickets = new Map<string, { readonly until: number; used: boolean }>()
  const sessions = new Map<string, number>()
  let issuedAt = Number.NEGATIVE_INFINITY
  const secret = () => randomBytes(32).toString('base64url')
  return {
    issue() {
      const ticket = secret()
      issuedAt = now()
      tickets.set(ticket, { until: issuedAt + ticketMs, used: false })
      return ticket
    },
    isSomebodyExpected: () => now() - issuedAt < expectedMs,
    redeem(ticket) {
      const known = tickets.get(ticket)
      if (!known) return { refused: 'unknown' }
      if (known.used) return { refused: 'used' }
      if (known.until < now()) return { refused: 'expired' }
      known.used = true
      const session = secret()
      sessions.set(session, now() + sessionMs)
      return { session }
    },
    // A look-up by hash needs no constant time: what could be guessed byte by byte is not compared byte by byte.
    isSession: (session) => session !== undefined && (sessions.get(session) ?? 0) > now(),
  }
}
