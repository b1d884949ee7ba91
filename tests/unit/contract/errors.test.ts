import { describe, expect, it } from 'vitest'
import {
  AppError,
  errorCodes,
  errorInfoSchema,
  exitCodeOf,
  exitCodes,
  fromErrorInfo,
  isAppError,
  toErrorInfo,
} from '../../../contract/index.ts'

describe('an error on its way across a border', () => {
  it('keeps everything a program or a person needs', () => {
    const thrown = new AppError('PACKAGES_FAILED', '`pip install x` ended with exit code 1', {
      hint: 'Check the name.',
      details: { argv: ['pip', 'install', 'x'], exitCode: 1, signal: null, lastLines: ['no such thing'] },
      cause: new Error('the cause stays at home'),
    })
    const arrived = errorInfoSchema.parse(JSON.parse(JSON.stringify(toErrorInfo(thrown))))
    const again = fromErrorInfo(arrived)
    expect(again).toBeInstanceOf(AppError)
    expect(toErrorInfo(again)).toEqual({
      code: 'PACKAGES_FAILED',
      message: '`pip install x` ended with exit code 1',
      hint: 'Check the name.',
      details: { argv: ['pip', 'install', 'x'], exitCode: 1, signal: null, lastLines: ['no such thing'] },
    })
  })

  it('has no field that is not there', () => {
    expect(toErrorInfo(fromErrorInfo({ code: 'NOT_FOUND', message: 'gone' }))).toStrictEqual({
      code: 'NOT_FOUND',
      message: 'gone',
    })
  })

  it.each([
    [new TypeError('x is not a function'), 'Internal error: x is not a function'],
    ['just text', 'Internal error: just text'],
    [undefined, 'Internal error: undefined'],
    [Object.create(null), 'Internal error: something without a text was thrown'],
  ])('says INTERNAL for what nobody expected (%#)', (thrown: unknown, message) => {
    const info = errorInfoSchema.parse(toErrorInfo(thrown))
    expect(info).toEqual({ code: 'INTERNAL', message, hint: expect.stringContaining('report') })
  })

  it('is expected by its code', () => {
    const thrown: unknown = new AppError('LOCKED', 'busy')
    expect(isAppError(thrown)).toBe(true)
    expect(isAppError(thrown, 'NOT_FOUND', 'LOCKED')).toBe(true)
    expect(isAppError(thrown, 'NOT_FOUND')).toBe(false)
    expect(isAppError(new Error('LOCKED'), 'LOCKED')).toBe(false)
  })

  it('keeps its cause for the log', () => {
    const cause = new Error('EACCES')
    expect(new AppError('PERMISSION_DENIED', 'no', { cause }).cause).toBe(cause)
    expect(Object.hasOwn(new AppError('PERMISSION_DENIED', 'no'), 'cause')).toBe(false)
  })
})

describe('an exit code', () => {
  it.each([
    ['INVALID_PARAMS', 2],
    ['UNKNOWN_COMMAND', 2],
    ['NOT_FOUND', 3],
    ['NAME_TAKEN', 4],
    ['PORT_IN_USE', 4],
    ['IN_USE', 4],
    ['ALREADY_RUNNING', 4],
    ['TIMEOUT', 5],
    ['CANCELLED', 130],
    ['INTERNAL', 1],
    ['PYTHON_ERROR', 1],
    ['DISK_FULL', 1],
  ] as const)('of %s is %i', (code, expected) => {
    expect(exitCodeOf(code)).toBe(expected)
  })

  it('is one of those that the terminal door promises, and never success', () => {
    const failures = Object.values(exitCodes).filter((code) => code !== exitCodes.done)
    for (const code of errorCodes) expect(failures, code).toContain(exitCodeOf(code))
  })
})
