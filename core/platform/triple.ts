import { bundleMachines } from '../../contract/index.ts'

/** The platform of a Python build, as its download names spell it. */
export interface PlatformFacts {
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** Version of glibc; undefined on musl and outside Linux. */
  readonly glibc: string | undefined
}

/** What Python is built for: the machines that a bundle can be for, and those that take another one's build in it. */
export const triples = [...bundleMachines, 'aarch64-pc-windows-msvc'] as const
export type Triple = (typeof triples)[number]

/** Node's report names the glibc it runs on, and leaves the field out on musl. */
export function platformFacts(): PlatformFacts {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return { platform: process.platform, arch: process.arch, glibc: report.header?.glibcVersionRuntime }
}

/** The build for a machine, or why there is none. glibc older than 2.17 has no build (python-build-standalone, running notes). */
export function tripleOf(facts: PlatformFacts): { triple: Triple } | { problem: string } {
  const cpu = facts.arch === 'x64' ? 'x86_64' : facts.arch === 'arm64' ? 'aarch64' : undefined
  if (cpu === undefined) return { problem: `there is no Python build for the processor type ${facts.arch}` }
  switch (facts.platform) {
    case 'linux': {
      if (facts.glibc === undefined) return { triple: `${cpu}-unknown-linux-musl` }
      const [major = 0, minor = 0] = facts.glibc.split('.').map(Number)
      if (major < 2 || (major === 2 && minor < 17))
        return { problem: `this Linux has glibc ${facts.glibc}; the Python build needs 2.17 or newer` }
      return { triple: `${cpu}-unknown-linux-gnu` }
    }
    case 'darwin':
      return { triple: `${cpu}-apple-darwin` }
    case 'win32':
      return { triple: `${cpu}-pc-windows-msvc` }
    default:
      return { problem: `there is no Python build for ${facts.platform}` }
  }
}
