import type { CommandParams } from '../../../contract/index.ts'
import { choice, flag, required, rest, text, texts } from '../../inputs.ts'
import { profileFields } from '../../tables/profiles.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const saveProfile = verb({
  words: ['profiles save'],
  summary: 'Add a profile of your own, or change it; what is not said stays as it is',
  commands: ['profiles.list', 'profiles.save'],
  inputs: {
    id: required('id', 'what to call it: small letters, digits and dashes'),
    specs: rest('spec', 'its packages, such as numpy or "pandas>=2.2"; in place of those that it had'),
    from: text('--from <id>', 'begins as a copy of this one'),
    title: text('--title <text>', 'its name for people'),
    summary: text('--summary <text>', 'what it is for, in a sentence'),
    kind: choice('--kind <kind>', 'for people who make environments, or for a provider', ['set', 'provider']),
    includes: texts('--include <id>', 'another profile whose packages belong to it; may be repeated'),
    optional: texts('--optional <spec>', 'a package that it can go without; may be repeated'),
    imports: texts('--import <module>', 'what is imported to see that it works; may be repeated'),
    aliases: texts('--alias <provider>', 'a further provider that it is for; may be repeated'),
    isNew: flag('--new', 'fail where there is one with this id already'),
  },
  async run({ call }, { id, specs, from, title, summary, kind, includes, optional, imports, aliases, isNew }) {
    const profiles = await call('profiles.list', {})
    const before = profiles.find((one) => one.id === (from ?? id))?.spec
    const given = (field: string, values: readonly string[]) => (values.length > 0 ? { [field]: [...values] } : {})
    const profile: CommandParams<'profiles.save'>['profile'] = {
      ...before,
      id,
      title: title ?? before?.title ?? id,
      ...(summary === undefined ? {} : { summary }),
      ...(kind === undefined ? {} : { kind }),
      ...given('packages', specs),
      ...given('includes', includes),
      ...given('optional', optional),
      ...given('imports', imports),
      ...given('aliases', aliases),
    }
    const saved = await call('profiles.save', { profile, replace: !isNew })
    return { json: saved, text: `Saved ${visible(saved.id)}\n${profileFields(saved)}` }
  },
})
