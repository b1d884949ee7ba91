import type { Triple } from '../../platform/index.ts'

/** One kind of machine in the words of uv and of pip. */
export interface WheelPlatform {
  /** For `--python-platform`. */
  readonly uv: string
  /** Tags of the wheels that it takes, the best first, each for one `--platform`. */
  readonly pip: readonly string[]
}

/**
 * The oldest macOS that wheels are chosen for. uv is told it by a variable, since its own idea of it changes; Pythons of the catalog
 * run on older ones, for which few wheels are made any more.
 */
export const oldestMacOS = '13.0'
/** Of glibc 2: Debian 10, Ubuntu 18.10, RHEL 8 and what came after. numpy and others have no wheels for older ones. */
const newestGlibc = 28
/** The first glibc with wheels, by processor (PEP 513, PEP 599). */
const oldestGlibc = { x86_64: 5, aarch64: 17 } as const
/** Names from the time before PEP 600. */
const namedGlibc: Readonly<Record<number, string>> = { 17: 'manylinux2014', 12: 'manylinux2010', 5: 'manylinux1' }

/** uv must not choose what pip does not take afterwards: pip's tags hold all of uv's. */
export function wheelPlatform(triple: Triple): WheelPlatform {
  const cpu = triple.startsWith('aarch64') ? 'aarch64' : 'x86_64'
  switch (triple) {
    case 'x86_64-unknown-linux-gnu':
    case 'aarch64-unknown-linux-gnu':
      return { uv: `${cpu}-manylinux_2_${newestGlibc}`, pip: [...manylinux(cpu), `linux_${cpu}`] }
    case 'x86_64-unknown-linux-musl':
    case 'aarch64-unknown-linux-musl':
      return { uv: triple, pip: [...[2, 1, 0].map((minor) => `musllinux_1_${minor}_${cpu}`), `linux_${cpu}`] }
    case 'aarch64-apple-darwin':
    case 'x86_64-apple-darwin': {
      // pip itself adds the older ones, and those for both processors.
      const version = oldestMacOS.replace('.', '_')
      return { uv: triple, pip: [`macosx_${version}_${cpu === 'aarch64' ? 'arm64' : cpu}`] }
    }
    case 'x86_64-pc-windows-msvc':
      return { uv: triple, pip: ['win_amd64'] }
    case 'aarch64-pc-windows-msvc':
      return { uv: triple, pip: ['win_arm64'] }
  }
}

function manylinux(cpu: keyof typeof oldestGlibc): string[] {
  const tags: string[] = []
  for (let minor = newestGlibc; minor >= oldestGlibc[cpu]; minor -= 1) {
    tags.push(`manylinux_2_${minor}_${cpu}`)
    const named = namedGlibc[minor]
    if (named !== undefined) tags.push(`${named}_${cpu}`)
  }
  return tags
}
