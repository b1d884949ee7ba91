import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { builtFor, foreignProgram } from '../../../../core/runtimes/binary.ts'
import { platformProblem } from '../../../../core/runtimes/probe.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

function elf(machine: number): Uint8Array {
  const bytes = new Uint8Array(64)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  bytes[18] = machine
  return bytes
}

it('knows programs by their first bytes', () => {
  expect(builtFor(elf(0x3e))).toEqual({ system: 'linux', arch: 'x64' })
  expect(builtFor(elf(0xb7))).toEqual({ system: 'linux', arch: 'arm64' })
  expect(builtFor(Buffer.concat([Buffer.from('cffaedfe', 'hex'), Buffer.alloc(60)]))).toEqual({
    system: 'darwin',
    arch: undefined,
  })
  expect(builtFor(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(60)]))).toEqual({ system: 'win32', arch: undefined })
  expect(builtFor(Buffer.from('#!/bin/sh\necho a script\n'))).toBeUndefined()
  expect(builtFor(Buffer.from('MZ'))).toBeUndefined()
  const own = builtFor(readFileSync(process.execPath).subarray(0, 20))
  expect(own?.system).toBe(process.platform)
})

it('says why one cannot run here', async () => {
  const file = path.join(tempFolder(), 'python')
  writeFileSync(file, elf(0xb7))
  expect(await foreignProgram(file, { platform: 'linux', arch: 'x64' })).toBe('it is a program for arm64 processors')
  expect(await foreignProgram(file, { platform: 'linux', arch: 'arm64' })).toBeUndefined()
  expect(await foreignProgram(file, { platform: 'darwin', arch: 'arm64' })).toBe('it is a program for linux')
  writeFileSync(file, elf(0x03))
  expect(await foreignProgram(file, { platform: 'linux', arch: 'x64' })).toBeUndefined()
  expect(await foreignProgram(`${file}.none`)).toBeUndefined()
})

it('understands what the loader says', () => {
  expect(platformProblem("python3: /lib/libc.so.6: version `GLIBC_2.28' not found (required by python3)")).toBe(
    'it needs GLIBC 2.28, which this Linux does not have',
  )
  expect(platformProblem('zsh: bad CPU type in executable: ./python3')).toBe(
    'it was built for another kind of processor or system',
  )
  expect(platformProblem('Traceback (most recent call last):')).toBeUndefined()
})
