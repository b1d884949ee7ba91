import { describe, expect, it } from 'vitest'
import { platformFacts, tripleOf, triples } from '../../../../core/platform/index.ts'
import type { PlatformFacts } from '../../../../core/platform/index.ts'

const facts = (platform: NodeJS.Platform, arch: string, glibc?: string): PlatformFacts => ({ platform, arch, glibc })

describe('the build for a machine', () => {
  it.each([
    [facts('linux', 'x64', '2.39'), 'x86_64-unknown-linux-gnu'],
    [facts('linux', 'x64', '2.17'), 'x86_64-unknown-linux-gnu'],
    [facts('linux', 'x64', '3.0'), 'x86_64-unknown-linux-gnu'],
    [facts('linux', 'arm64', '2.31'), 'aarch64-unknown-linux-gnu'],
    [facts('linux', 'x64'), 'x86_64-unknown-linux-musl'],
    [facts('linux', 'arm64'), 'aarch64-unknown-linux-musl'],
    [facts('darwin', 'arm64'), 'aarch64-apple-darwin'],
    [facts('darwin', 'x64'), 'x86_64-apple-darwin'],
    [facts('win32', 'x64'), 'x86_64-pc-windows-msvc'],
    [facts('win32', 'arm64'), 'aarch64-pc-windows-msvc'],
  ])('%j is %s', (machine, triple) => {
    expect(tripleOf(machine)).toEqual({ triple })
    expect(triples).toContain(triple)
  })

  it.each([
    [facts('linux', 'x64', '2.16'), /glibc 2\.16.*2\.17/u],
    [facts('linux', 'arm64', '2.5'), /glibc 2\.5/u],
    [facts('linux', 'ia32', '2.39'), /processor type ia32/u],
    [facts('win32', 'ia32'), /processor type ia32/u],
    [facts('linux', 'riscv64', '2.39'), /processor type riscv64/u],
    [facts('freebsd', 'x64'), /freebsd/u],
    [facts('android', 'arm64'), /android/u],
  ])('there is none for %j, and it says why', (machine, why) => {
    expect(tripleOf(machine)).toEqual({ problem: expect.stringMatching(why) })
  })

  it('is known for this very machine', () => {
    const machine = platformFacts()
    expect(machine).toMatchObject({ platform: process.platform, arch: process.arch })
    expect(tripleOf(machine)).toHaveProperty('triple')
  })
})
