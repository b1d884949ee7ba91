import { rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError, errorInfoSchema } from '../../contract/index.ts'
import type { ErrorInfo } from '../../contract/index.ts'
import { childEnvironment, isSameProcess, pidExists, processStart } from '../platform/index.ts'
import { killGroup, run } from '../process/index.ts'
import { readJson, writeJson } from '../storage/index.ts'

/**
 * Lies in an environment's folder while work is done to it. Found later, with its owner dead, it tells that the work was cut
 * off: a creation (no manifest yet: a leftover) or an installation (possibly half of a package).
 */
export const markerName = '.beep-unfinished.json'

const processSchema = z.object({ pid: z.number().int(), start: z.string().nullable() })

const markerSchema = z.object({
  version: z.literal(1),
  work: z.enum(['create', 'install']),
  owner: processSchema,
  startedAt: z.string(),
  requirements: z.array(z.string()),
  /** Packages known to be incomplete, whose metadata is dropped: until they are installed again, only this tells of them. */
  lost: z.array(z.string()).default([]),
  /** What the environment is put back to should the work be cut off. */
  snapshot: z.string().optional(),
  /** The installer, which outlives a killed owner and goes on writing. */
  installer: processSchema.optional(),
  /** Why the environment is broken, where the work ended badly and its owner saw it. */
  problem: errorInfoSchema.optional(),
})
export type Marker = z.infer<typeof markerSchema>

/** Milliseconds that a killed installer gets to be gone. */
const goneMs = 5000

export async function placeMarker(
  root: string,
  work: Marker['work'],
  requirements: readonly string[],
  lost: readonly string[] = [],
  snapshot?: string,
): Promise<Marker> {
  const marker: Marker = {
    version: 1,
    work,
    owner: { pid: process.pid, start: await processStart(process.pid) },
    startedAt: new Date().toISOString(),
    requirements: [...requirements],
    lost: [...lost],
    ...(snapshot === undefined ? {} : { snapshot }),
  }
  await writeJson(path.join(root, markerName), marker)
  return marker
}

/** Keeps who is installing, so that whoever comes after a crash can stop it. */
export async function noteInstaller(root: string, marker: Marker, pid: number): Promise<void> {
  const installer = { pid, start: await processStart(pid) }
  await writeJson(path.join(root, markerName), { ...marker, installer })
}

export async function noteProblem(root: string, marker: Marker, problem: ErrorInfo): Promise<void> {
  await writeJson(path.join(root, markerName), { ...marker, problem })
}

/** `unreadable` still is a marker: only we write a file of this name. */
export async function readMarker(root: string): Promise<Marker | 'unreadable' | undefined> {
  const found = await readJson(path.join(root, markerName), markerSchema).catch(() => undefined)
  if (found?.state === 'absent') return undefined
  return found?.state === 'ok' ? found.value : 'unreadable'
}

export function removeMarker(root: string): Promise<void> {
  return rm(path.join(root, markerName), { force: true })
}

export function isBusy(marker: Marker): Promise<boolean> {
  return isSameProcess(marker.owner.pid, marker.owner.start)
}

/**
 * Ends an installer that outlived its host, before anything else is done in the folder that it writes into.
 * @throws IN_USE when it will not end.
 */
export async function stopOrphan(marker: Marker | 'unreadable' | undefined): Promise<void> {
  if (marker === undefined || marker === 'unreadable' || !marker.installer) return
  const { pid, start } = marker.installer
  if (!(await isSameProcess(pid, start))) return
  if (process.platform === 'win32') {
    const env = childEnvironment(process.env, process.platform)
    await run(['taskkill.exe', '/PID', String(pid), '/T', '/F'], { env, timeoutMs: goneMs }).catch(() => {})
  } else killGroup(pid)
  const deadline = performance.now() + goneMs
  while (pidExists(pid)) {
    if (performance.now() > deadline) {
      throw new AppError(
        'IN_USE',
        `An installer of an earlier run is still at work, and cannot be stopped: process ${pid}`,
        {
          hint: 'End that process, and try again.',
          details: { pid },
        },
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
