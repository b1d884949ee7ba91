// `node run-main.ts MAIN …`: runs a main of Electron on plain Node, with the stand-in as its module `electron`.
import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as StandIn from './electron/index.ts'
import electronPackage from 'electron/package.json' with { type: 'json' }

const standIn = pathToFileURL(path.join(import.meta.dirname, 'electron', 'index.ts')).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
})
Object.defineProperty(process, 'versions', {
  value: { ...process.versions, electron: electronPackage.version, chrome: 'stand-in' },
})
// Electron's own argv: the program, the folder of the app, then what the user typed.
const [node = '', , main = '', ...rest] = process.argv
process.argv = [node, path.resolve(import.meta.dirname, '../..'), ...rest]

const electron = (await import('electron')) as unknown as typeof StandIn
const { installSpy } = await import('../e2e/desktop/spy.ts')
const { answer, post } = await import('./electron/link.ts')
const spy = installSpy(electron as never)
answer('inspect', () => spy.inspect())
process.on('exit', () => post({ kind: 'end', view: spy.inspect() }))
answer('act', ({ action }) => spy.act(action as never))

// Electron waits for a main that is a module to be read to its end, and is ready then: to await readiness in it hangs.
await import(pathToFileURL(path.resolve(main)).href)
electron.app.becomeReady()
