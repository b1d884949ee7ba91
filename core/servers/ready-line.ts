import { z } from 'zod'

const pid = z.number().int().positive()
const port = z.number().int().min(1).max(65535)

const refusalSchema = z.object({
  ready: z.literal(false),
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
})

const readySchemas = {
  pool: z.object({
    ready: z.literal(true),
    protocol: z.literal(1),
    role: z.literal('pool'),
    path: z.string().min(1),
    pid,
    worker: z.object({ pid, python: z.string() }),
    /** In their order, where there are several. */
    workers: z.array(z.object({ pid })).optional(),
  }),
  http: z.object({
    ready: z.literal(true),
    protocol: z.literal(1),
    role: z.literal('http'),
    url: z.url(),
    port,
    pid,
  }),
  rpc: z.object({
    ready: z.literal(true),
    protocol: z.literal(1),
    role: z.literal('rpc'),
    address: z.string().min(1),
    port,
    pid,
  }),
} as const

/** The roles of the processes that the host launches itself. */
export type LaunchedRole = keyof typeof readySchemas
export type ReadyFacts<R extends LaunchedRole> = z.infer<(typeof readySchemas)[R]>
export type Refusal = z.infer<typeof refusalSchema>

export type ReadyLine<R extends LaunchedRole> =
  | { readonly kind: 'ready'; readonly facts: ReadyFacts<R> }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'invalid'; readonly problem: string }
  | { readonly kind: 'output' }

/**
 * Reads a line that a process printed on stdout before it was ready (docs/wire.md §8). What is no JSON object with a
 * `ready` in it is `output`: a .pth file or a sitecustomize of the environment may print before we can say a word.
 */
export function readReadyLine<R extends LaunchedRole>(role: R, line: string): ReadyLine<R> {
  const data = parseObject(line)
  if (data === undefined || !('ready' in data)) return { kind: 'output' }
  const refused = refusalSchema.safeParse(data)
  if (refused.success) return { kind: 'refused', refusal: refused.data }
  const ready = readySchemas[role].safeParse(data)
  if (ready.success) return { kind: 'ready', facts: ready.data as ReadyFacts<R> }
  const issues = ready.error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`)
  return { kind: 'invalid', problem: issues.join('; ') }
}

function parseObject(line: string): object | undefined {
  if (!line.trimStart().startsWith('{')) return undefined
  try {
    const data: unknown = JSON.parse(line)
    return typeof data === 'object' && data !== null ? data : undefined
  } catch {
    return undefined
  }
}
