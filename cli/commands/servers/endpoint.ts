import { AppError, addressOf } from '../../../contract/index.ts'
import { choice, required } from '../../inputs.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'
import { endpointFile } from './running.ts'

const parts = ['url', 'path', 'address', 'token'] as const

export const endpoint = verb({
  words: ['endpoint', 'servers endpoint'],
  summary: 'Tell where a running server is reached',
  commands: ['servers.endpoint'],
  inputs: {
    name: required('name', 'which server'),
    field: choice('--field <part>', `only this part of it: ${parts.join(', ')}`, parts),
  },
  async run({ call, place }, { name, field }) {
    const found = await call('servers.endpoint', { name })
    if (field === undefined) {
      const token = 'token' in found && found.token ? [`The token is in ${endpointFile(place.home, name)}`] : []
      return { json: found, text: visible(addressOf(found)), notes: token }
    }
    const value: unknown = Object.entries(found).find(([key]) => key === field)?.[1]
    if (typeof value === 'string') return { json: value, text: visible(value) }
    throw new AppError('NOT_FOUND', `The endpoint of "${name}" has no ${field}: its transport is ${found.transport}`)
  },
})
