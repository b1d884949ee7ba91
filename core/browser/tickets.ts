import { randomBytes } from 'node:crypto'

/** How long a ticket may wait for the browser that it was printed for. */
const ticketMs = 10 * 60_000
/** How long a browser session lasts without the host ending: a working day and a bit. */
const sessionMs = 16 * 3600_000

export type Redemption = { readonly session: string } | { readonly refused: 'unknown' | 'used' | 'expired' }

/**
 * Who may use the browser door. A ticket is in the address that the host prints; it is good once, since an address ends up in
 * histories and on screens. What it buys is a session that only the cookie knows.
 */
export interface Tickets {
  readonly issue: () => string
  readonly redeem: (ticket: string) => Redemption
  readonly isSession: (session: string | undefined) => boolean
}

export function createTickets(now: () => number = Date.now): Tickets {
  const tickets = new Map<string, { readonly until: number; used: boolean }>()
  const sessions = new Map<string, number>()
  const secret = () => randomBytes(32).toString('base64url')
  return {
    issue() {
      const ticket = secret()
      tickets.set(ticket, { until: now() + ticketMs, used: false })
      return ticket
    },
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
