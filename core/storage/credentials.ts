import { z } from 'zod'
import { addressSettings, credentialsIn, withoutCredentials } from '../../contract/index.ts'
import type { Settings } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import { readJson, writeJson } from './json-file.ts'

/** Names and passwords by the address that they are for, which has none in it. For the owner's eyes alone: mode 0600. */
const fileSchema = z.object({ version: z.literal(1), credentials: z.record(z.string(), z.string()) })

/** Settings as everybody may see them, and what was taken out of their addresses. An empty name means: forget it. */
export function splitCredentials(settings: Settings): {
  readonly settings: Settings
  readonly taken: ReadonlyMap<string, string>
} {
  const taken = new Map<string, string>()
  const clean = { ...settings }
  for (const key of addressSettings) {
    const address = settings[key]
    const credentials = address === null ? undefined : credentialsIn(address)
    if (address === null || credentials === undefined) continue
    clean[key] = withoutCredentials(address)
    taken.set(clean[key], encoded(credentials))
  }
  return { settings: clean, taken }
}

export async function readCredentials(layout: Layout): Promise<ReadonlyMap<string, string>> {
  const found = await readJson(layout.credentials, fileSchema).catch(() => undefined)
  return new Map(found?.state === 'ok' ? Object.entries(found.value.credentials) : [])
}

/** Keeps what was taken, and forgets what belongs to no address of the settings any more. Under the lock of the settings. */
export async function keepCredentials(
  layout: Layout,
  settings: readonly Settings[],
  taken: ReadonlyMap<string, string>,
): Promise<void> {
  const before = await readCredentials(layout)
  const addresses = new Set(settings.flatMap((one) => addressSettings.map((key) => one[key])))
  const kept = [...new Map([...before, ...taken])].filter(([address, text]) => addresses.has(address) && text !== '')
  if (JSON.stringify(kept) === JSON.stringify([...before])) return
  await writeJson(layout.credentials, { version: 1, credentials: Object.fromEntries(kept) })
}

/** As an address needs it: a password may have been typed as it is, with an @ or a % in it. */
function encoded(credentials: string): string {
  const at = credentials.indexOf(':')
  const parts = at === -1 ? [credentials] : [credentials.slice(0, at), credentials.slice(at + 1)]
  if (parts.every((part) => part === '')) return ''
  return parts.map((part) => encodeURIComponent(decoded(part))).join(':')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
