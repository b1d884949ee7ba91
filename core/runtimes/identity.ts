import { createHash } from 'node:crypto'
import type { Probe } from '../../contract/index.ts'
import type { Triple } from '../platform/index.ts'

/** A build's place in the world, in short readable words: `linux-x86_64-gnu`, `macos-aarch64-none`, `windows-x86_64-none`. */
export function tripleWords(triple: Triple): string {
  const [cpu = '', , system, libc] = triple.split('-')
  const os = system === 'darwin' ? 'macos' : (system ?? '')
  return `${os}-${cpu}-${os === 'linux' ? libc : 'none'}`
}

/** Id of a managed runtime, and the name of its folder. */
export function managedId(version: string, triple: Triple): string {
  return `cpython-${version}-${tripleWords(triple)}`
}

/** True for what can be the id of a managed runtime: never a path. */
export function isManagedId(id: string): boolean {
  return /^cpython-[\w.-]+$/u.test(id)
}

/** Id of a discovered runtime: the version for people, the hash of the interpreter's real path to tell two apart. */
export function systemId(version: string | undefined, realpath: string): string {
  return `system-${version ?? 'unknown'}-${createHash('sha256').update(realpath).digest('hex').slice(0, 8)}`
}

/** True if two ids name one interpreter; the version in between changes when the system upgrades its Python in place. */
export function isSameSystemId(a: string, b: string): boolean {
  const [one, two] = [a, b].map((id) => /^system-.+-([\da-f]{8})$/u.exec(id)?.[1])
  return one !== undefined && one === two
}

const machines: Readonly<Record<string, string>> = {
  amd64: 'x86_64',
  x64: 'x86_64',
  arm64: 'aarch64',
  i686: 'x86',
  i386: 'x86',
}

/** The processor that an interpreter was built for: a 32-bit build is told from the 64-bit kernel that it runs on. */
export function architectureOf(probe: Pick<Probe, 'machine' | 'bits'>): string {
  const machine = probe.machine.toLowerCase()
  const name = machines[machine] ?? machine
  if (probe.bits === 64) return name
  return name === 'x86_64' ? 'x86' : name === 'aarch64' ? 'arm' : name
}
