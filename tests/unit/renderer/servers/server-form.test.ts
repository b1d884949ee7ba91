import { describe, expect, test } from 'vitest'
import type { Server, ServerSpec } from '../../../../contract/index.ts'
import {
  commandLine,
  isUsualHome,
  saveLine,
  shellWord,
  startLine,
} from '../../../../renderer/features/servers/command-line.ts'
import {
  copyOf,
  emptyForm,
  formOf,
  isIncomplete,
  isPortMissing,
  nameTrouble,
  specOf,
  startParams,
  usualEnvironment,
} from '../../../../renderer/features/servers/server-form.ts'
import { serverNamed } from '../../servers.ts'

const saved: ServerSpec = {
  name: 'démo',
  transport: 'http',
  environment: 'numbers',
  port: 5999,
  auth: 'none',
  workers: 1,
  infrastructure: 'none',
  restart: 'on-failure',
}

describe('where a new one is to run', () => {
  const one = { name: 'only', state: 'ready' } as const
  test('is the one environment that there is, where it is one, and sound', () => {
    expect(usualEnvironment([one])).toBe('only')
    expect(usualEnvironment([])).toBe('default')
    expect(usualEnvironment([one, { name: 'other', state: 'ready' }])).toBe('default')
    expect(usualEnvironment([{ name: 'only', state: 'broken' }])).toBe('default')
  })
})

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

  test('an rpc server has a port and a token, as an http one has', () => {
    expect(startParams({ ...emptyForm, transport: 'rpc', port: 'fixed', fixedPort: 50_052, auth: 'none' })).toEqual({
      transport: 'rpc',
      port: 50_052,
      auth: 'none',
    })
  })
})

describe('what is saved', () => {
  test('a description that is not changed is saved as it was', () => {
    const many = { ...saved, workers: 4 }
    expect(specOf(formOf(many), many)).toEqual(many)
    expect(startParams({ ...emptyForm, workers: 4 })).toEqual({ transport: 'http', workers: 4 })
    // An empty field is one worker.
    expect(specOf({ ...formOf(many), workers: undefined }, many).workers).toBe(1)
    for (const port of [null, 0, 6000]) expect(specOf(formOf({ ...saved, port }), saved).port).toBe(port)
  })

  test('each change is said, and a port can be the usual one again', () => {
    expect(specOf({ ...formOf(saved), port: 'usual', auth: 'token', environment: 'default' }, saved)).toEqual({
      ...saved,
      port: null,
      auth: 'token',
      environment: 'default',
    })
  })

  test('it keeps its name, whatever was typed', () => {
    expect(specOf({ ...formOf(saved), name: 'other' }, saved).name).toBe('démo')
    expect(specOf(emptyForm)).toMatchObject({ name: 'http', port: null, workers: 1 })
  })

  test('limits are saved as they were, and one that is emptied is the usual again', () => {
    const limited: ServerSpec = { ...saved, timeoutSeconds: 30, graceSeconds: 0, cancelOnDisconnect: false }
    expect(specOf(formOf(limited), limited)).toEqual(limited)
    const limits = { ...formOf(limited).limits, timeoutSeconds: undefined, cancelOnDisconnect: true, queueLimit: 9 }
    expect(specOf({ ...formOf(limited), limits }, limited)).toEqual({ ...saved, graceSeconds: 0, queueLimit: 9 })
    expect(startParams({ ...emptyForm, limits: { ...emptyForm.limits, processLimit: 8 } })).toEqual({
      transport: 'http',
      processLimit: 8,
    })
  })

  test('what is no limit is not sent', () => {
    const form = (limits: Partial<typeof emptyForm.limits>) => ({
      ...emptyForm,
      limits: { ...emptyForm.limits, ...limits },
    })
    expect(isIncomplete(form({ graceSeconds: 0, timeoutSeconds: 0.5 }))).toBe(false)
    for (const bad of [{ timeoutSeconds: 0 }, { graceSeconds: 86_401 }, { queueLimit: 0 }, { processLimit: 1e6 }])
      expect(isIncomplete(form(bad))).toBe(true)
  })

  test('a pipe has no port', () => {
    expect(specOf({ ...formOf(saved), transport: 'pipe' }, saved).port).toBeNull()
  })

  test('a copy takes the first free name', () => {
    expect(copyOf(saved, [serverNamed('démo')])).toEqual({ ...formOf(saved), name: 'démo 2' })
    expect(copyOf(saved, [serverNamed('démo'), serverNamed('Démo 2')]).name).toBe('démo 3')
    expect(copyOf({ ...saved, name: 'démo 2' }, [serverNamed('démo 2')]).name).toBe('démo 3')
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

  test('saving says what is usual, too: it takes the place of what was saved', () => {
    const home = '/home/z/.beep-python'
    expect(saveLine({ ...saved, port: null, auth: 'token' }, home)).toBe(
      'beep-host servers save démo --transport http --venv numbers --port usual --auth token',
    )
    expect(saveLine({ ...saved, name: 'a b', transport: 'pipe', workers: 2 }, home)).toBe(
      "beep-host servers save 'a b' --transport pipe --venv numbers --workers 2",
    )
  })

  test('limits are said where they are set, in whole seconds', () => {
    const limits = { timeoutSeconds: 1.5, graceSeconds: 0, cancelOnDisconnect: false, queueLimit: 7, processLimit: 9 }
    const words = '--time-limit 2 --grace 0 --on-disconnect go-on --queue 7 --processes 9'
    expect(startLine({ transport: 'pipe', ...limits })).toBe(`beep-host start pipe ${words} --detach`)
    expect(saveLine({ ...saved, transport: 'pipe', workers: 1, ...limits, timeoutSeconds: null })).toContain(
      '--time-limit none --grace 0',
    )
    expect(specOf(formOf({ ...saved, ...limits }), { ...saved, ...limits })).toMatchObject(limits)
  })

  test('a start', () => {
    expect(startLine({ transport: 'http' }, '/home/z/.beep-python')).toBe('beep-host start http --detach')
    expect(startLine({ transport: 'http', name: 'my server', environment: 'numbers', port: 0, auth: 'none' })).toBe(
      "beep-host start http --name 'my server' --venv numbers --port 0 --auth none --detach",
    )
  })
})
