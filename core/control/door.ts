import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { AppError, toErrorInfo } from '../../contract/index.ts'
import type { AppEvent, ErrorCode, ServerSpec } from '../../contract/index.ts'
import type { Dispatch, Reply } from '../dispatch.ts'
import type { EventHub } from '../events/index.ts'
import { forReading, mayAsk } from './access.ts'
import { refuseGranting } from './granting.ts'
import type { Grants } from './grants.ts'

/** What the door opens on. */
export interface DoorDeps {
  readonly dispatch: Dispatch
  readonly events: EventHub
  readonly grants: Pick<Grants, 'accessOf'>
  readonly hello: { readonly instanceId: string; readonly pid: number; readonly version: string }
}

export interface Door {
  /** Requests and event streams that are open right now. */
  readonly openRequests: () => number
  readonly close: () => Promise<void>
}

/** No command comes near this; what is larger is a mistake or mischief. */
const maxBodyBytes = 8 * 1024 * 1024
/** An event reader this far behind is cut off; it comes back with the last revision it knows. */
const maxEventBacklogBytes = 8 * 1024 * 1024

const statusOf: Partial<Record<ErrorCode, number>> = {
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  UNKNOWN_COMMAND: 404,
  NOT_FOUND: 404,
  INVALID_PARAMS: 400,
  BAD_REQUEST: 400,
  INTERNAL: 500,
}

/**
 * The control API: HTTP/1.1 on a local socket or named pipe, `POST /commands/<name>`, `GET /events`, `GET /hello`, each with
 * the bearer token of the instance file, or one of a server within its scope. It calls dispatch and nothing else. See
 * docs/control-api.md.
 */
export async function openDoor(address: string, deps: DoorDeps): Promise<Door> {
  let open = 0
  const server = createServer((request, response) => {
    open += 1
    response.once('close', () => (open -= 1))
    void answer(request, response, deps).catch((thrown: unknown) => sendError(response, thrown))
  })
  server.requestTimeout = 30_000
  await listen(server, address)
  return {
    openRequests: () => open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new AppError('INTERNAL', `Could not open the control door at ${address}: ${error.message}`, { cause: error }),
      ),
    )
    server.listen(address, () => resolve())
  })
}

async function answer(request: IncomingMessage, response: ServerResponse, deps: DoorDeps): Promise<void> {
  const access = deps.grants.accessOf(request.headers.authorization ?? '')
  if (access === undefined) {
    throw new AppError('UNAUTHORIZED', 'The control API needs the token of the instance file', {
      hint: 'Send it as `Authorization: Bearer …`.',
    })
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host')
  if (request.method === 'GET' && pathname === '/hello') return sendJson(response, 200, deps.hello)
  if (request.method === 'GET' && pathname === '/events') {
    if (access !== 'owner') throw outOfScope('the events', access)
    return streamEvents(response, deps.events, searchParams.get('since'))
  }
  const command = /^\/commands\/([^/]+)$/u.exec(pathname)?.[1]
  if (request.method !== 'POST' || command === undefined)
    throw new AppError('NOT_FOUND', `There is no ${request.method} ${pathname} here`)
  const name = decodeURIComponent(command)
  if (!mayAsk(access, name)) throw outOfScope(name, access)
  const params = await readBody(request)
  if (access !== 'owner') await refuseGranting(name, params, (server) => savedSpec(server, deps.dispatch))
  const given = await deps.dispatch(name, params)
  const reply = access === 'read' ? (forReading(given) as typeof given) : given
  if ('error' in reply) sendJson(response, statusOf[reply.error.code] ?? 409, reply)
  else sendJson(response, 200, reply)
}

async function savedSpec(name: string, dispatch: Dispatch): Promise<ServerSpec | undefined> {
  const reply = (await dispatch('servers.get', { name })) as Reply<'servers.get'>
  return 'ok' in reply ? reply.ok.spec : undefined
}

function outOfScope(what: string, scope: string): AppError {
  return new AppError(
    'FORBIDDEN',
    `The infrastructure scope of this server, ${scope}, does not cover ${what.slice(0, 100)}`,
    {
      hint:
        scope === 'read'
          ? 'It may look only. Start the server with `--infrastructure full` to let its code change things.'
          : 'The code of a server has no business with this: use `beep-host` or the window.',
      details: { scope },
    },
  )
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw new AppError('BAD_REQUEST', `The body has more than ${maxBodyBytes} bytes`)
    chunks.push(chunk)
  }
  if (bytes === 0) return {}
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
  } catch (error) {
    throw new AppError('BAD_REQUEST', `The body is not JSON: ${(error as Error).message}`)
  }
}

/** NDJSON, one event a line. With `since`, missed events come first; where they are no longer kept, one line says `gap`. */
function streamEvents(response: ServerResponse, events: EventHub, since: string | null): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
  const send = (
    event: AppEvent | { readonly revision: number; readonly name: 'gap' | 'open'; readonly payload: object },
  ) => {
    response.write(`${JSON.stringify(event)}\n`)
    if (response.writableLength > maxEventBacklogBytes) response.destroy()
  }
  const missed = since === null ? [] : events.since(Number(since))
  // Said at once, so that a caller knows it is listening before it asks for anything.
  send({ revision: events.revision(), name: missed === undefined ? 'gap' : 'open', payload: {} })
  for (const event of missed ?? []) send(event)
  response.once('close', events.subscribe(send))
}

function sendError(response: ServerResponse, thrown: unknown): void {
  const error = toErrorInfo(thrown)
  if (response.headersSent) response.destroy()
  else sendJson(response, statusOf[error.code] ?? 409, { error })
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value)
  // After an error the rest of an unread body is not worth waiting for.
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...(status === 200 ? {} : { connection: 'close' }),
  })
  response.end(text)
}
