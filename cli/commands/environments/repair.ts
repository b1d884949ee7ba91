import type { RepairedEnvironment } from '../../../contract/index.ts'
import { required } from '../../inputs.ts'
import { environmentFields } from '../../tables/environments.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const repairEnvironment = verb({
  words: ['venv repair'],
  summary: 'Put a broken or damaged environment right',
  commands: ['environments.repair'],
  inputs: { name: required('name', 'which one') },
  more: 'Its packages are kept where its Python, or one of the same version, is there; else it is made anew from its requirements, and the old one lies in the trash.',
  async run({ run }, { name }) {
    const repaired = await run('environments.repair', { name })
    return { json: repaired, text: `${outcome(repaired)}\n${environmentFields(repaired)}` }
  },
})

const steps: Readonly<Record<RepairedEnvironment['repairs'][number], string>> = {
  restored: 'a change of packages that was cut off is taken back',
  relinked: 'its Python is in place again, with the packages that were there',
  reinstalled: 'damaged packages were installed again',
  remade: 'made anew from its requirements; the old one lies in the trash',
}

function outcome({ name, repairs }: RepairedEnvironment): string {
  if (repairs.length === 0)
    return `"${visible(name)}" is sound: every file of its packages is there, and its Python starts`
  return `Repaired "${visible(name)}": ${repairs.map((step) => steps[step]).join('; ')}`
}
