import { profilesTable } from '../../tables/environments.ts'
import { verb } from '../../verb.ts'

export const listProfiles = verb({
  words: ['profiles list'],
  summary: 'List the package sets that an environment can begin with',
  commands: ['profiles.list'],
  inputs: {},
  more: 'For `beep-host venv create NAME --profile ID`.',
  async run({ call }) {
    const profiles = await call('profiles.list', {})
    return { json: profiles, text: profilesTable(profiles) }
  },
})
