// Whatever the terminal can do has its place on screen. The other half, a verb for every command, is in tests/unit/cli/verbs.test.ts.
import { expect, it } from 'vitest'
import { commandNames } from '../../contract/index.ts'
import type { CommandName } from '../../contract/index.ts'
import { sourceFiles, textOf } from './source-files.ts'

/** The commands that no screen asks for, and why the user misses nothing. */
const withoutPlace: Partial<Record<CommandName, string>> = {
  'host.info': 'it is in the snapshot, and Settings shows it',
  'settings.get': 'they are in the snapshot, and settings.changed follows',
  'jobs.list': 'they are in the snapshot, and job.changed follows',
  'environments.list': 'they are in the snapshot, and environments.changed follows',
  'environments.get': 'the list has all of each of them',
  'profiles.get': 'the list has all of each of them',
  'servers.list': 'they are in the snapshot, and server.changed follows',
  'servers.get': 'the list has all of each of them',
  'servers.endpoint': 'a server that runs carries it, and its Connect panel shows it',
  'host.browserAddress': 'whoever sees a screen is inside already',
}

/** A command that is asked for: `call('a.b', …)`, `useJob('a.b')`, `runJob('a.b', …)`, `bridge.invoke('a.b', …)`. */
const asking = /\b(?:call|useJob|runJob|invoke)(?:<[^>(]*>)?\(\s*'([\w.]+)'/gu

function askedBy(files: readonly string[]): Map<string, string[]> {
  const asked = new Map<string, string[]>()
  for (const file of files)
    for (const [, name = ''] of textOf(file).matchAll(asking)) asked.set(name, [...(asked.get(name) ?? []), file])
  return asked
}

const asked = askedBy(sourceFiles().filter((file) => /^renderer\/.*\.tsx?$/u.test(file)))

it('every command has a place on screen', () => {
  expect(commandNames.filter((name) => !asked.has(name) && !(name in withoutPlace))).toEqual([])
})

it('no exception has outlived its reason', () => {
  expect(Object.keys(withoutPlace).filter((name) => asked.has(name))).toEqual([])
})

it('the scan sees what it is to see', () => {
  expect(asked.get('servers.logs')).toEqual(['renderer/stores/logs.ts'])
  expect(asked.get('host.snapshot')).toEqual(['renderer/stores/sync.ts'])
  expect([...asked.keys()].filter((name) => !(commandNames as readonly string[]).includes(name))).toEqual([])
})
