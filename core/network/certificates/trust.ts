import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import tls from 'node:tls'
import type { CaFile, Settings } from '../../../contract/index.ts'
import type { Layout } from '../../platform/index.ts'
import { privateFolder, writeFileAtomic } from '../../storage/index.ts'
import { readCaFile } from './ca-file.ts'

/** Variables by which other programs are told of a file with certificates. What the user has told them holds here, too. */
const caVariables = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'PIP_CERT'] as const

export interface Trust {
  readonly extra: readonly CaFile[]
  readonly environment: readonly CaFile[]
  readonly builtIn: number
  readonly system: number
  /** All of them, each once. */
  readonly pem: readonly string[]
}

/** Node's own authorities, the operating system's, and those of files. The system's are read once; that can take a while. */
export async function gatherTrust(
  settings: Pick<Settings, 'extraCa'>,
  env: NodeJS.ProcessEnv,
  also: readonly string[] = [],
): Promise<Trust> {
  const named = new Set([...caVariables.flatMap((name) => env[name] ?? []), ...also].filter(path.isAbsolute))
  const [extra, environment] = await Promise.all([
    Promise.all(settings.extraCa.map((file) => readCaFile(file))),
    Promise.all([...named].filter((file) => !settings.extraCa.includes(file)).map((file) => readCaFile(file))),
  ])
  const { builtIn, system } = rootsOfNode()
  const files = [...extra, ...environment].flatMap(({ pem }) => pem)
  return {
    extra: extra.map(({ facts }) => facts),
    environment: environment.map(({ facts }) => facts),
    builtIn: builtIn.length,
    system: system.filter((one) => !builtIn.includes(one)).length,
    pem: [...new Set([...builtIn, ...system, ...files])],
  }
}

let roots: { readonly builtIn: readonly string[]; readonly system: readonly string[] } | undefined
function rootsOfNode() {
  const unique = (list: readonly string[]) => [...new Set(list.map((pem) => pem.trim()))]
  roots ??= { builtIn: unique(tls.getCACertificates('default')), system: unique(tls.getCACertificates('system')) }
  return roots
}

/** Reading some hundred certificates takes tens of milliseconds, so the last context is kept as long as nothing changes. */
export function contextKeeper(): (trust: Trust) => tls.SecureContext {
  let last: { readonly key: string; readonly context: tls.SecureContext } | undefined
  return ({ pem }) => {
    const key = digest(pem)
    if (last?.key !== key) last = { key, context: tls.createSecureContext({ ca: [...pem] }) }
    return last.context
  }
}

/** All of them in one file, for pip and uv, which take one file in place of what they have. @returns its path */
export async function writeBundle(layout: Layout, { pem }: Trust): Promise<string> {
  const file = path.join(layout.cache, `certificates-${digest(pem).slice(0, 12)}.pem`)
  const text = `${pem.join('\n')}\n`
  // The folder may be emptied at any time.
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return file
  await privateFolder(layout.cache)
  await writeFileAtomic(file, text)
  return file
}

function digest(pem: readonly string[]): string {
  const hash = createHash('sha256')
  for (const one of pem) hash.update(one)
  return hash.digest('hex')
}
