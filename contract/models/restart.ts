import { z } from 'zod'

/**
 * What becomes of a server that ends without being asked to. There is no `always`: no server ends by itself in good order, so that
 * every such end is a failure.
 */
export const restartPolicies = ['on-failure', 'never'] as const
export const restartPolicySchema = z.enum(restartPolicies)
export type RestartPolicy = z.infer<typeof restartPolicySchema>

/** What the policy has done for a server since somebody started it. After minutes in which it ran well, its next end begins the count anew. */
export const restartsSchema = z.object({
  /** Which start is about to come, or was the last; from 1. */
  attempt: z.number().int().positive(),
  /** With how many starts it gives up. */
  most: z.number().int().positive(),
  /** When the next start is due; null while none is. */
  nextAt: z.string().nullable(),
  /** All of them were in vain, and there will be no more. */
  gaveUp: z.boolean(),
})
export type Restarts = z.infer<typeof restartsSchema>

interface Standing {
  readonly state: string
  readonly restarts?: Restarts | undefined
}

/** The server has failed, and will be started again by itself. */
export function startsAgain({ state, restarts }: Standing): boolean {
  return state === 'failed' && restarts !== undefined && restarts.nextAt !== null
}

/** Nothing of the server is there, and nothing comes unless somebody wants it. */
export function isDown(server: Standing): boolean {
  return server.state === 'stopped' || (server.state === 'failed' && !startsAgain(server))
}
