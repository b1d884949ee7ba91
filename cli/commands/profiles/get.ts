import { flag, required } from '../../inputs.ts'
import { previewFields, profileFields } from '../../tables/profiles.ts'
import { verb } from '../../verb.ts'

export const showProfile = verb({
  words: ['profiles status', 'profiles get'],
  summary: 'Show one profile',
  commands: ['profiles.get', 'profiles.preview'],
  inputs: {
    id: required('id', 'which profile'),
    preview: flag('--preview', 'what an environment with it would get here'),
  },
  async run({ call }, { id, preview }) {
    const profile = await call('profiles.get', { id })
    if (!preview) return { json: profile, text: profileFields(profile) }
    const told = await call('profiles.preview', { profile: profile.spec })
    return { json: { ...profile, preview: told }, text: `${profileFields(profile)}\n${previewFields(told)}` }
  },
})
