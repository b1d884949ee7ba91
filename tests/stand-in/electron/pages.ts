import type { Fetched } from '../messages.ts'
import { app } from './app.ts'
import { answer } from './link.ts'

type Handler = Parameters<Electron.Protocol['handle']>[1]
type CheckHandler = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>

const handlers = new Map<string, Handler>()

export const protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'> = {
  registerSchemesAsPrivileged() {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
  },
  handle(scheme, handler) {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready')
    handlers.set(scheme, handler)
  },
}

answer('fetch', async ({ url, method }): Promise<Fetched | undefined> => {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1))
  if (!handler) return undefined
  // A Request of Node refuses schemes that it does not know; the handler sees what Electron's would show.
  const request = { url, method, headers: new Headers() } as Request
  const response = await handler(request)
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  }
})

let mayUse: CheckHandler = () => true

const defaultSession: Pick<
  Electron.Session,
  'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'setDevicePermissionHandler'
> = {
  setPermissionCheckHandler: (handler) => void (mayUse = handler ?? (() => true)),
  // Chromium without a head never asks; what is granted beforehand is what the check allows.
  setPermissionRequestHandler() {},
  setDevicePermissionHandler() {},
}

export const session = {
  get defaultSession() {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready')
    return defaultSession
  },
}

const asked = ['clipboard-sanitized-write', 'clipboard-read', 'notifications', 'geolocation', 'media'] as const

answer('permissions', ({ origin }) =>
  asked.filter((permission) =>
    mayUse(null, permission, origin, {
      isMainFrame: true,
      requestingUrl: origin,
    } as Electron.PermissionCheckHandlerHandlerDetails),
  ),
)
