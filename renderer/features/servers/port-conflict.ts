import { z } from 'zod'
import type { ErrorInfo } from '../../../contract/index.ts'

/** What PORT_IN_USE carries: the port, and who has it where the host could tell. `pid` null: another user's process. */
const holderSchema = z.object({ pid: z.number().int().nullable(), program: z.string().nullable() })
const detailsSchema = z.object({ port: z.number().int(), holders: z.array(holderSchema).default([]) })

export type PortHolder = z.infer<typeof holderSchema>
export type PortConflict = z.infer<typeof detailsSchema>

export function portConflictOf(error: ErrorInfo): PortConflict | undefined {
  if (error.code !== 'PORT_IN_USE') return undefined
  const parsed = detailsSchema.safeParse(error.details)
  return parsed.success ? parsed.data : undefined
}
