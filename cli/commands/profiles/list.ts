import { flag } from '../../inputs.ts'
import { profilesTable } from '../../tables/profiles.ts'
import { verb } from '../../verb.ts'

export const listProfiles = verb({
  words: ['profiles list'],
  summary: 'List the package sets that an environment can begin with',
  commands: ['profiles.list'],
  inputs: { all: flag('--all', 'those for providers, too') },
  more: 'For `beep-host venv create NAME --profile ID`, and those for providers: `beep-host venv ensure PROVIDER`.',
  async run({ call }, { all }) {
    const profiles = await call('profiles.list', {})
    return { json: profiles, text: profilesTable(profiles.filter(({ kind }) => all || kind === 'set')) }
  },
})
