import { describe, expect, it } from 'vitest'
import { AppError, commandNames, commands } from '../../../contract/index.ts'
import type { CommandName, Job } from '../../../contract/index.ts'
import { createDispatch } from '../../../core/dispatch.ts'
import type { Handlers } from '../../../core/dispatch.ts'

type Handler = (params: unknown) => unknown

const job: Job = {
  id: '1',
  command: 'x',
  subject: 'x',
  state: 'running',
  progress: { fraction: null, title: 'x' },
  startedAt: '',
}

/** Handlers that tell what they were called with, and those that the test puts in their place. */
function setUp(own: Partial<Record<CommandName, Handler>> = {}, onBug?: () => void) {
  const calls: unknown[] = []
  const bugs: [string, unknown][] = []
  const echo = (name: CommandName) => (params: unknown) => {
    calls.push([name, params])
    return commands[name].kind === 'job' ? job : name
  }
  const handlers = Object.fromEntries(commandNames.map((name) => [name, own[name] ?? echo(name)]))
  const dispatch = createDispatch(handlers as unknown as Handlers, {
    onBug: onBug ?? ((command, thrown) => bugs.push([command, thrown])),
  })
  return { dispatch, calls, bugs }
}

describe('dispatch', () => {
  it('answers an answer as it is, and a job as a job', async () => {
    const { dispatch, calls } = setUp()
    expect(await dispatch('host.info', {})).toEqual({ ok: 'host.info' })
    expect(await dispatch('environments.remove', { name: 'demo' })).toEqual({ ok: { job } })
    expect(calls).toEqual([
      ['host.info', {}],
      ['environments.remove', { name: 'demo', permanent: false }],
    ])
  })

  it.each([undefined, null, {}])('takes %j for no params', async (params) => {
    expect(await setUp().dispatch('host.info', params)).toEqual({ ok: 'host.info' })
  })

  it('fills defaults in', async () => {
    const { dispatch, calls } = setUp()
    await dispatch('environments.create', { name: 'demo' })
    expect(calls).toEqual([['environments.create', { name: 'demo', packages: [], profiles: [] }]])
  })

  it('passes a change of the settings on as it was given', async () => {
    const { dispatch, calls } = setUp()
    await dispatch('settings.update', { installer: 'uv' })
    expect(calls).toStrictEqual([['settings.update', { installer: 'uv' }]])
  })

  it.each(['nope', '', '__proto__', 'toString', 'hasOwnProperty'])('does not know %j', async (name) => {
    const { dispatch, bugs } = setUp()
    expect(await dispatch(name, {})).toEqual({
      error: { code: 'UNKNOWN_COMMAND', message: `There is no command ${JSON.stringify(name)}` },
    })
    expect(bugs).toEqual([])
  })

  it('does not repeat all of a name that somebody made up', async () => {
    const reply = await setUp().dispatch('x'.repeat(1_000_000), {})
    expect(JSON.stringify(reply).length).toBeLessThan(300)
  })

  it.each<[CommandName, unknown, RegExp]>([
    ['environments.create', {}, /^environments\.create: name: /u],
    ['environments.create', { name: '../x' }, /name: .*cannot be a name/u],
    ['environments.create', { name: 'x', packages: ['numpy', '-r x'] }, /packages\.1: "-r x" is not a package/u],
    ['environments.create', { name: 'x', surprise: 1 }, /surprise/u],
    ['servers.start', { port: 70_000 }, /port: /u],
    ['host.info', 'text', /^host\.info: /u],
    ['host.info', [], /^host\.info: /u],
  ])('refuses %s with %j, and says what is wrong', async (name, params, why) => {
    const { dispatch, calls, bugs } = setUp()
    expect(await dispatch(name, params)).toMatchObject({
      error: {
        code: 'INVALID_PARAMS',
        message: expect.stringMatching(why),
        details: { issues: expect.arrayContaining([expect.objectContaining({ message: expect.any(String) })]) },
      },
    })
    expect(calls).toEqual([])
    expect(bugs).toEqual([])
  })

  it('passes an expected failure on as data', async () => {
    const failure = new AppError('NOT_FOUND', 'no such thing', { hint: 'look', details: { name: 'x' } })
    const thrower = () => {
      throw failure
    }
    const rejecter = () => Promise.reject(failure)
    for (const handler of [thrower, rejecter]) {
      const { dispatch, bugs } = setUp({ 'servers.get': handler })
      expect(await dispatch('servers.get', { name: 'x' })).toEqual({
        error: { code: 'NOT_FOUND', message: 'no such thing', hint: 'look', details: { name: 'x' } },
      })
      expect(bugs).toEqual([])
    }
  })

  it('answers INTERNAL for a bug, and reports it', async () => {
    const bug = new TypeError('x is not a function')
    const { dispatch, bugs } = setUp({ 'host.info': () => Promise.reject(bug) })
    expect(await dispatch('host.info', {})).toMatchObject({
      error: { code: 'INTERNAL', message: 'Internal error: x is not a function' },
    })
    expect(bugs).toEqual([['host.info', bug]])
  })

  it('answers even when the report fails', async () => {
    const { dispatch } = setUp({ 'host.info': () => Promise.reject(new Error('bug')) }, () => {
      throw new Error('the log is full')
    })
    expect(await dispatch('host.info', {})).toMatchObject({ error: { code: 'INTERNAL' } })
  })
})
