// A host that is killed: does one command in a data root, and ends itself with SIGKILL when it is told something that matches.
import { parseArgs } from 'node:util'
import { openWorkbench } from './workbench.ts'

const { values } = parseArgs({
  options: {
    home: { type: 'string', default: '' },
    work: { type: 'string', default: 'create' },
    name: { type: 'string', default: '' },
    packages: { type: 'string', multiple: true, default: [] },
    killAt: { type: 'string', default: '$never^' },
  },
})
const { home, work, name, packages } = values
const killAt = new RegExp(values.killAt, 'u')

const { environments } = openWorkbench(home)
const context = {
  signal: new AbortController().signal,
  progress: (told: { readonly title: string; readonly detail?: string | undefined }) => {
    if (killAt.test(`${told.title}\n${told.detail ?? ''}`)) process.kill(process.pid, 'SIGKILL')
  },
}
if (work === 'create') await environments.create({ name, packages }, context)
else if (work === 'install') await environments.install({ name, packages }, context)
else await environments.ensureAdmin(context)
