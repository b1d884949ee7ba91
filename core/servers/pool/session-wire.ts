import { z } from 'zod'
import type { HandleList, Session } from '../../../contract/index.ts'
import type { PoolLink } from './pool-link.ts'

/** A session as the wire describes it (docs/wire.md §2.2). */
const describedSchema = z.object({
  sessionId: z.string(),
  name: z.string().nullish(),
  ownProcess: z.boolean(),
  createdAt: z.string(),
  workingFolder: z.string().nullish(),
  leaseSeconds: z.number(),
  idleSeconds: z.number(),
  requests: z.number(),
  handles: z.number(),
  handleLimit: z.number(),
  timeoutSeconds: z.number().nullish(),
  memoryLimitBytes: z.number().nullish(),
  pid: z.number().nullish(),
  path: z.string().nullish(),
})

export function readSession(described: unknown): Session {
  const { sessionId, path: _, ...fields } = describedSchema.parse(described)
  return {
    ...fields,
    id: sessionId,
    name: fields.name ?? null,
    workingFolder: fields.workingFolder ?? null,
    timeoutSeconds: fields.timeoutSeconds ?? null,
    memoryLimitBytes: fields.memoryLimitBytes ?? null,
    pid: fields.pid ?? null,
  }
}

export async function listSessions(link: PoolLink, signal: AbortSignal): Promise<Session[]> {
  const { sessions } = await link.ask('session_list', {}, signal)
  return z.array(z.unknown()).parse(sessions).map(readSession)
}

const listedSchema = z.object({
  handles: z.array(z.object({ handleId: z.string(), typeName: z.string(), repr: z.string() })),
  count: z.number(),
})

export function readHandles(listed: unknown): HandleList {
  const { handles, count } = listedSchema.parse(listed)
  return { handles: handles.map(({ handleId, ...fields }) => ({ id: handleId, ...fields })), count }
}
