import { z } from 'zod'
import { answer, job, noParams } from '../command.ts'
import { executionResultSchema } from '../models/execution.ts'
import { serverMetricsSchema } from '../models/metrics.ts'
import {
  changedLimits,
  endpointSchema,
  infrastructureScopeSchema,
  logLineSchema,
  serverSchema,
  serverSpecSchema,
  transportSchema,
  usageSampleSchema,
} from '../models/server.ts'
import { handleListSchema } from '../models/session.ts'
import { restartPolicySchema } from '../models/restart.ts'
import { serverVariablesSchema } from '../models/variables.ts'
import { nameSchema } from '../names.ts'

const byName = z.object({ name: z.string().min(1) }).strict()

export const startServerParamsSchema = z
  .object({
    /** Absent: the transport's name. */
    name: nameSchema.optional(),
    /** With the name of a saved server alone, that one starts as it was. */
    transport: transportSchema.optional(),
    /** Absent: the saved one's, else `default`, which is made if need be. */
    environment: nameSchema.optional(),
    /** Null: the usual one again, where another was saved. */
    port: z.number().int().min(0).max(65535).nullable().optional(),
    auth: z.enum(['token', 'none']).optional(),
    workers: serverSpecSchema.shape.workers.optional(),
    infrastructure: infrastructureScopeSchema.optional(),
    restart: restartPolicySchema.optional(),
    ...changedLimits,
  })
  .strict()
export type StartServerParams = z.infer<typeof startServerParamsSchema>

export const serverCommands = {
  'servers.list': answer({
    access: 'read',
    summary: 'List the servers, running or not',
    params: noParams,
    result: z.array(serverSchema),
  }),
  'servers.get': answer({ access: 'read', summary: 'Show one server', params: byName, result: serverSchema }),
  'servers.start': job({
    access: 'write',
    summary: 'Start a server, and save its description',
    params: startServerParamsSchema,
    result: serverSchema,
  }),
  'servers.stop': job({
    access: 'write',
    summary: 'Stop a server, and prove that it is gone',
    params: byName,
    result: serverSchema,
  }),
  'servers.stopAll': job({
    access: 'write',
    summary: 'Stop every server',
    params: noParams,
    result: z.array(serverSchema),
  }),
  'servers.restart': job({ access: 'write', summary: 'Stop and start a server', params: byName, result: serverSchema }),
  'servers.startAll': job({
    access: 'write',
    summary: 'Start every saved server that is not running',
    params: noParams,
    result: z.array(serverSchema),
  }),
  'servers.save': answer({
    access: 'write',
    summary: 'Save the description of a server; one that runs takes it up when it starts again',
    params: z
      .object({
        ...serverSpecSchema.shape,
        port: serverSpecSchema.shape.port.default(null),
        auth: serverSpecSchema.shape.auth.default('token'),
        workers: serverSpecSchema.shape.workers.default(1),
      })
      .strict(),
    result: serverSchema,
  }),
  'servers.usage': answer({
    access: 'read',
    summary: 'Show the processor time and memory that a server took lately',
    params: byName,
    result: z.array(usageSampleSchema),
  }),
  'servers.environment': answer({
    access: 'read',
    summary: 'Show the environment variables that the code of a server has',
    params: byName,
    result: serverVariablesSchema,
  }),
  'servers.metrics': answer({
    access: 'read',
    summary: 'Show what a running server has done and has in hand',
    params: byName,
    result: serverMetricsSchema,
  }),
  'servers.execute': job({
    access: 'write',
    summary: 'Run code on a server, and keep what it prints',
    params: z
      .object({
        name: z.string().min(1),
        code: z.string().min(1).max(1_000_000),
        /** Absent: outside of all sessions, and no name is left of it. */
        sessionId: z.string().min(1).max(200).optional(),
        /** Somebody will answer what the code asks: `asks` of the job tells, `servers.answerInput` answers. */
        allowInput: z.boolean().default(false),
      })
      .strict(),
    result: executionResultSchema,
  }),
  'servers.answerInput': answer({
    access: 'write',
    summary: 'Answer what code that runs asks for, or say that there is no more input',
    params: z
      .object({
        /** The id of the job. */
        execution: z.string().min(1),
        /** Without its line end. Null: there is no more input, and Python raises EOFError. */
        text: z.string().max(1_000_000).nullable(),
      })
      .strict(),
    /** False: it was not waiting, or not any more. */
    result: z.object({ isTaken: z.boolean() }),
  }),
  'servers.interrupt': answer({
    access: 'write',
    summary: 'Interrupt the code that runs on a server, as Ctrl+C does in a terminal',
    params: z
      .object({
        name: z.string().min(1),
        /** The id of a job of `servers.execute`: that one. */
        execution: z.string().min(1).optional(),
        /** Whatever runs in this session. With neither: whatever runs on the server. */
        sessionId: z.string().min(1).max(200).optional(),
        /** Code that has not yielded by then is ended with its process. */
        graceSeconds: z.number().min(0).max(600).optional(),
      })
      .strict(),
    /** How many runs were told. */
    result: z.object({ interrupted: z.number().int().nonnegative() }),
  }),
  'servers.handles': answer({
    access: 'read',
    summary: 'List the objects that a running server holds, in a session or outside of all',
    params: z
      .object({
        name: z.string().min(1),
        sessionId: z.string().min(1).max(200).optional(),
        limit: z.number().int().min(1).max(1000).default(100),
      })
      .strict(),
    result: handleListSchema,
  }),
  'servers.remove': answer({
    access: 'write',
    summary: 'Forget a stopped server and its logs',
    params: byName,
    result: z.object({ name: z.string() }),
  }),
  'servers.endpoint': answer({
    access: 'read',
    summary: 'Tell where a running server is reached',
    params: byName,
    result: endpointSchema,
  }),
  'servers.logs': answer({
    access: 'read',
    summary: 'Read the log of a server',
    params: z
      .object({
        name: z.string().min(1),
        lines: z.number().int().min(1).max(100_000).default(200),
        after: z.number().int().optional(),
      })
      .strict(),
    result: z.array(logLineSchema),
  }),
} as const
