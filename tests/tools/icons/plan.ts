import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const resources = path.resolve(import.meta.dirname, '../../../resources')
export const sources = path.join(resources, 'icons', 'source')
/** Says from which sources the pictures were made; a test compares. */
export const stampFile = path.join(resources, 'icons', 'made-from.txt')

export const trayStates = ['idle', 'running', 'problem'] as const
/** Colours by what the icon stands on. The template of macOS is black: the system colours it. */
export const trayTones = {
  'on-light': { ink: '#23272e', lamp: { idle: '#23272e', running: '#1f8a3b', problem: '#d02a2a' } },
  'on-dark': { ink: '#f4f5f7', lamp: { idle: '#f4f5f7', running: '#5fe07a', problem: '#ff7b72' } },
} as const

/** Pixels. Windows: 100 % to 300 % of 16. */
export const sizes = {
  app: [16, 24, 32, 48, 64, 128, 256, 512],
  appWindows: [16, 24, 32, 48, 64, 128, 256],
  appMac: [16, 32, 64, 128, 256, 512, 1024],
  trayWindows: [16, 20, 24, 32, 40, 48],
  trayLinux: 24,
  trayMac: 18,
} as const

/** As in the repository, whatever ends a line on this machine. */
const textOf = (file: string) => readFileSync(path.join(sources, file), 'utf8').replaceAll('\r\n', '\n')

/** One hash over all that the pictures are made of. */
export function stamp(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(sources).sort()) hash.update(file).update(textOf(file))
  return hash.update(JSON.stringify([trayTones, sizes])).digest('hex')
}
