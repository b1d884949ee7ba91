import { z } from 'zod'
import { answer } from '../command.ts'
import { sessionOptionsSchema, sessionSchema } from '../models/session.ts'

const server = z.string().min(1)
const sessionId = z.string().min(1).max(200)
const byId = z.object({ server, sessionId }).strict()

export const sessionCommands = {
  'sessions.list': answer({
    access: 'read',
    summary: 'List the sessions of a running server, whoever opened them',
    params: z.object({ server }).strict(),
    result: z.array(sessionSchema),
  }),
  'sessions.open': answer({
    access: 'write',
    summary: 'Open a session on a running server: names in it last until it is closed',
    params: z.object({ server, ...sessionOptionsSchema.shape }).strict(),
    result: sessionSchema,
  }),
  'sessions.reset': answer({
    access: 'write',
    summary: 'Stop what runs in a session, and make it what it was when it was opened',
    params: byId,
    result: z.object({ id: z.string() }),
  }),
  'sessions.close': answer({
    access: 'write',
    summary: 'Stop what runs in a session, and let go of all it holds',
    params: byId,
    result: z.object({ id: z.string() }),
  }),
} as const
