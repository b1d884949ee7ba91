import { z } from 'zod'

/**
 * Who gave a server a variable. `system`: the host was started with it, and passes it on. `environment`: the server's virtual
 * environment, as its activation would. `network`: proxy and certificates, as the settings or the operating system have them. `host`: set for every server.
 */
export const variableOrigins = ['system', 'environment', 'network', 'host'] as const
export const variableOriginSchema = z.enum(variableOrigins)
export type VariableOrigin = z.infer<typeof variableOriginSchema>

export const serverVariableSchema = z.object({
  name: z.string(),
  /** With `***` in the place of what is secret. */
  value: z.string(),
  from: variableOriginSchema,
  /** The code has another value than this one. */
  isMasked: z.boolean(),
})
export type ServerVariable = z.infer<typeof serverVariableSchema>

/** The whole environment of the code of a server, by name. */
export const serverVariablesSchema = z.object({
  /** True: what it was started with. False: what it would get now. */
  running: z.boolean(),
  variables: z.array(serverVariableSchema),
})
export type ServerVariables = z.infer<typeof serverVariablesSchema>
