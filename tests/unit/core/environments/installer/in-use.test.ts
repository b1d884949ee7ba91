import { expect, it } from 'vitest'
import { refuseWhileUsed } from '../../../../../core/environments/index.ts'

const job = { id: 'j1', subject: 'environment demo' }

it('uv is not taken from under a job that may call it', () => {
  const others = [
    { ...job, command: 'packages.install', state: 'succeeded' },
    { ...job, command: 'packages.snapshot', state: 'running' },
    { ...job, command: 'installer.removeUv', state: 'running' },
  ] as const
  expect(() => refuseWhileUsed(others)).not.toThrow()
  expect(() => refuseWhileUsed([...others, { ...job, command: 'packages.install', state: 'running' }])).toThrow(
    'uv may be at work: packages.install is under way on environment demo',
  )
})
