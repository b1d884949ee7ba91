import { describe, expect, test } from 'vitest'
import type { Server, ServerSpec } from '../../../../contract/index.ts'
import { commandLine, isUsualHome, shellWord, startLine } from '../../../../renderer/features/servers/command-line.ts'
import {
  emptyForm,
  formOf,
  isPortMissing,
  isUsualPortOffered,
  nameTrouble,
  startParams,
} from '../../../../renderer/features/servers/start-form.ts'
import { serverNamed } from './servers.ts'

const saved: ServerSpec = {
  name: 'démo',
  transport: 'http',
  environment: 'numbers',
  port: 5999,
  auth: 'none',
  workers: 1,
}

describe('what the host is asked', () => {
  test('an untouched form asks for the transport alone', () => {
    expect(startParams(emptyForm)).toEqual({ transport: 'http' })
    expect(startParams({ ...emptyForm, transport: 'pipe' })).toEqual({ transport: 'pipe' })
  })

  test('each choice is said', () => {
    const form = { ...emptyForm, name: 'my server', environment: 'numbers', auth: 'none' } as const
    expect(startParams({ ...form, port: 'any' })).toEqual({
      transport: 'http',
      name: 'my server',
      environment: 'numbers',
      port: 0,
      auth: 'none',
    })
    expect(startParams({ ...form, port: 'fixed', fixedPort: 6000 }).port).toBe(6000)
  })

  test('a pipe has no port, whatever was chosen before', () => {
    expect(startParams({ ...emptyForm, transport: 'pipe', port: 'fixed', fixedPort: 6000 })).toEqual({
      transport: 'pipe',
    })
  })

  test('a saved server that is not changed starts by its name', () => {
    expect(startParams(formOf(saved), saved)).toEqual({ name: 'démo', port: 5999 })
    expect(startParams({ ...formOf(saved), port: 'any' }, saved)).toEqual({ name: 'démo', port: 0 })
    expect(startParams({ ...formOf(saved), auth: 'token', environment: 'default' }, saved)).toEqual({
      name: 'démo',
      port: 5999,
      environment: 'default',
      auth: 'token',
    })
  })

  test('a chosen port cannot be taken back for the same transport', () => {
    expect(isUsualPortOffered(saved, 'http')).toBe(false)
    expect(isUsualPortOffered({ ...saved, port: null }, 'http')).toBe(true)
    expect(isUsualPortOffered(undefined, 'http')).toBe(true)
    expect(isUsualPortOffered({ ...saved, transport: 'pipe' }, 'http')).toBe(true)
  })
})

describe('what stands in the way', () => {
  const servers: readonly Server[] = [serverNamed('Démo')]

  test('names', () => {
    expect(nameTrouble({ ...emptyForm, name: 'new' }, servers)).toBeUndefined()
    expect(nameTrouble({ ...emptyForm, name: 'a/b' }, servers)).toEqual({ kind: 'bad', why: 'it has the character /' })
    expect(nameTrouble({ ...emptyForm, name: 'dÉMO' }, servers)).toEqual({ kind: 'taken' })
    expect(nameTrouble(emptyForm, [serverNamed('http')])).toEqual({ kind: 'taken' })
    expect(nameTrouble({ ...emptyForm, name: 'Démo' }, servers, saved)).toBeUndefined()
  })

  test('a fixed port without a number', () => {
    const fixed = { ...emptyForm, port: 'fixed' } as const
    expect(isPortMissing(fixed)).toBe(true)
    expect(isPortMissing({ ...fixed, fixedPort: 0 })).toBe(true)
    expect(isPortMissing({ ...fixed, fixedPort: 65_536 })).toBe(true)
    expect(isPortMissing({ ...fixed, fixedPort: 5678 })).toBe(false)
    expect(isPortMissing({ ...fixed, transport: 'pipe' })).toBe(false)
    expect(isPortMissing(emptyForm)).toBe(false)
  })
})

describe('the same in a terminal', () => {
  test('words are quoted where a shell would take them apart', () => {
    expect(shellWord('plain-1.2')).toBe('plain-1.2')
    expect(shellWord('my server')).toBe("'my server'")
    expect(shellWord("it's")).toBe(String.raw`'it'\''s'`)
  })

  test('another data root has to be named, the usual one has not', () => {
    expect(isUsualHome('/home/zoë/.beep-python')).toBe(true)
    expect(isUsualHome(String.raw`C:\Users\Zoë\.beep-python`)).toBe(true)
    expect(isUsualHome('/srv/beep')).toBe(false)
    expect(commandLine('/srv/my beep', 'list')).toBe("beep-host list --home '/srv/my beep'")
  })

  test('a start', () => {
    expect(startLine({ transport: 'http' }, '/home/z/.beep-python')).toBe('beep-host start http --detach')
    expect(startLine({ transport: 'http', name: 'my server', environment: 'numbers', port: 0, auth: 'none' })).toBe(
      "beep-host start http --name 'my server' --venv numbers --port 0 --auth none --detach",
    )
  })
})
