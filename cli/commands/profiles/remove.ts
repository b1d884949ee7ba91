import { required } from '../../inputs.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const removeProfile = verb({
  words: ['profiles delete', 'profiles remove'],
  summary: 'Delete a profile of your own; environments that began with it stay as they are',
  commands: ['profiles.remove'],
  inputs: { id: required('id', 'which profile') },
  async run({ call }, { id }) {
    const removed = await call('profiles.remove', { id })
    return { json: removed, text: `Deleted ${visible(removed.id)}` }
  },
})
