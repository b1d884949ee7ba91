import { expect, it } from 'vitest'
import { shownParts } from '../../../../core/diagnostics/names.ts'
import { createRedact, createSecrets } from '../../../../core/events/index.ts'

it('a name that looks like a secret gets a number, and no two get the same', () => {
  const parts = ['sk-learn-experiments-1', 'démo', 'sk-learn-experiments-2', 'hidden-1'].map((name) => ({
    name: `logs/servers/${name}.log`,
    title: `Log of server ${name}`,
    look: async () => '',
  }))
  const shown = shownParts(parts, createRedact({ mask: createSecrets().mask }))
  expect(shown.map(({ name, title }) => [name, title])).toEqual([
    ['logs/servers/hidden-2.log', 'Log of server ***'],
    ['logs/servers/démo.log', 'Log of server démo'],
    ['logs/servers/hidden-3.log', 'Log of server ***'],
    ['logs/servers/hidden-1.log', 'Log of server hidden-1'],
  ])
})
