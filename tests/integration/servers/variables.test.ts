import path from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '../../../contract/index.ts'
import type { ServerVariables } from '../../../contract/index.ts'
import { createServers } from '../../../core/servers/index.ts'
import { context, failure, testServers } from './harness.ts'
import { talk } from './talk.ts'

/** Python makes a C locale a UTF-8 one by this variable, for itself and its children. */
const pythonsOwn = 'LC_CTYPE'

const valuesOf = ({ variables }: ServerVariables) =>
  Object.fromEntries(variables.filter(({ isMasked }) => !isMasked).map(({ name, value }) => [name, value]))

test('the variables of a server are those that its code reads, running and before', async () => {
  const { servers, own, run, ended } = await talk({ env: { CUDA_TOKEN: 'not for your eyes', XDG_TEST: 'für alle' } })
  const told = await servers.environment('PIPE')
  const code = ['import json, os', 'json.dumps(dict(os.environ))'].join('\n')
  const { result } = await ended(run({ code }))
  const has = JSON.parse((result as { result: { value: string } }).result.value) as Record<string, string>
  const hidden = told.variables.filter(({ isMasked }) => isMasked)

  expect(told.running).toBe(true)
  expect(valuesOf(told)).toEqual(
    Object.fromEntries(
      Object.entries(has).filter(
        ([name]) => !hidden.some((one) => one.name === name) && (name !== pythonsOwn || name in valuesOf(told)),
      ),
    ),
  )
  expect(told.variables).toContainEqual({ name: 'CUDA_TOKEN', value: '***', from: 'system', isMasked: true })
  expect(has['CUDA_TOKEN']).toBe('not for your eyes')
  expect(JSON.stringify(told)).not.toContain('not for your eyes')
  expect(told.variables).toContainEqual({ name: 'VIRTUAL_ENV', value: own.root, from: 'environment', isMasked: false })
  expect(told.variables).toContainEqual({ name: 'XDG_TEST', value: 'für alle', from: 'system', isMasked: false })

  await servers.stop('pipe')
  expect(await servers.environment('pipe')).toEqual({ ...told, running: false })
})

test('of a server that has no environment yet, or none any more', async () => {
  const gone = (name: string) => Promise.reject(new AppError('NOT_FOUND', `There is no environment ${name}`))
  const { servers, layout, deps } = testServers()
  await servers.start({ transport: 'pipe', name: 'usual' }, context())
  await servers.stop('usual')
  expect(await failure(servers.environment('nobody'))).toMatchObject({ code: 'NOT_FOUND' })

  const without = createServers({ ...deps, environments: { ...deps.environments, get: gone } })
  const { running, variables } = await without.environment('usual')
  expect(running).toBe(false)
  expect(variables.find(({ name }) => name === 'VIRTUAL_ENV')?.value).toBe(path.join(layout.environments, 'default'))
})
