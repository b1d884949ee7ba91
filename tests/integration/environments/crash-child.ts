// A host that is killed: does one command in a data root, and ends itself with SIGKILL when it is told something that matches, or
// right before or after it renames something that matches.
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { parseArgs } from 'node:util'
import { openWorkbench } from './workbench.ts'

const { values } = parseArgs({
  options: {
    home: { type: 'string', default: '' },
    work: { type: 'string', default: 'create' },
    name: { type: 'string', default: '' },
    packages: { type: 'string', multiple: true, default: [] },
    killAt: { type: 'string', default: '$never^' },
    killBeforeRename: { type: 'string', default: '$never^' },
    killAfterRename: { type: 'string', default: '$never^' },
  },
})
const { home, work, name, packages } = values
const killAt = new RegExp(values.killAt, 'u')

const killBeforeRename = new RegExp(values.killBeforeRename, 'u')
const killAfterRename = new RegExp(values.killAfterRename, 'u')

const { rename } = fs
fs.rename = async (from, to) => {
  const what = `${String(from)}\n${String(to)}`
  if (killBeforeRename.test(what)) process.kill(process.pid, 'SIGKILL')
  await rename(from, to)
  if (killAfterRename.test(what)) process.kill(process.pid, 'SIGKILL')
}
syncBuiltinESMExports()

const { environments } = openWorkbench(home)
const context = {
  signal: new AbortController().signal,
  progress: (told: { readonly title: string; readonly detail?: string | undefined }) => {
    if (killAt.test(`${told.title}\n${told.detail ?? ''}`)) process.kill(process.pid, 'SIGKILL')
  },
}
const works: Record<string, () => Promise<unknown>> = {
  create: () => environments.create({ name, packages }, context),
  install: () => environments.install({ name, packages }, context),
  remove: () => environments.remove({ name, permanent: false }, context),
  restore: () => environments.restore(name, context),
  clone: () => environments.clone({ name, as: packages[0] ?? '' }, context),
  rollback: () => environments.rollback({ name }, context),
  repair: () => environments.repair(name, context),
  uninstall: () => environments.uninstall({ name, packages }, context),
  ensureAdmin: () => environments.ensureAdmin(context),
}
await works[work]!()
