import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Layout } from '../../platform/index.ts'
import { readJson, writeJson } from '../../storage/index.ts'
import { comparePackageVersions, parsePackageVersion } from '../metadata/version.ts'

/** The file that makes a folder a uv of ours. Written last, so that a folder without it was never finished. */
const manifestName = '.beep-tool.json'

const manifestSchema = z.object({
  version: z.literal(1),
  tool: z.literal('uv'),
  toolVersion: z.string(),
  bytes: z.number().int().nonnegative(),
  gotAt: z.string(),
})
type Manifest = z.infer<typeof manifestSchema>

/** A uv that the user asked us to get. */
export interface OwnUvFolder {
  readonly root: string
  readonly executable: string
  readonly version: string
  readonly bytes: number
  readonly gotAt: string
}

/** One folder a version. */
export function ownUvHome(layout: Pick<Layout, 'tools'>): string {
  return path.join(layout.tools, 'uv')
}

/** Where pip puts the program of a wheel under a `--target`: `bin` on Windows, too (the home scheme of sysconfig). */
export function ownUvFile(root: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? path.win32.join(root, 'bin', 'uv.exe') : path.posix.join(root, 'bin', 'uv')
}

/** The newest first. What has no manifest, or that of another folder, is none. */
export async function ownUvs(layout: Pick<Layout, 'tools'>, platform: NodeJS.Platform): Promise<OwnUvFolder[]> {
  const home = ownUvHome(layout)
  const names = await readdir(home).catch((): string[] => [])
  const found = await Promise.all(names.map((name) => readOwn(path.join(home, name), platform)))
  return found.filter((one) => one !== undefined).sort((a, b) => compareVersions(b.version, a.version))
}

async function readOwn(root: string, platform: NodeJS.Platform): Promise<OwnUvFolder | undefined> {
  const read = await readJson(path.join(root, manifestName), manifestSchema).catch(() => undefined)
  if (read?.state !== 'ok' || read.value.toolVersion !== path.basename(root)) return undefined
  const { toolVersion, bytes, gotAt } = read.value
  return { root, executable: ownUvFile(root, platform), version: toolVersion, bytes, gotAt }
}

export function writeOwnManifest(
  root: string,
  facts: Pick<Manifest, 'toolVersion' | 'bytes' | 'gotAt'>,
): Promise<void> {
  return writeJson(path.join(root, manifestName), { version: 1, tool: 'uv', ...facts } satisfies Manifest)
}

function compareVersions(a: string, b: string): number {
  const [one, two] = [parsePackageVersion(a), parsePackageVersion(b)]
  return one && two ? comparePackageVersions(one, two) : a.localeCompare(b, 'en', { numeric: true })
}
