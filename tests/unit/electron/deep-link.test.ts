import { expect, it } from 'vitest'
import { placeOfLink } from '../../../electron/policy/deep-link.ts'

it.each([
  ['beep-python://', { screen: 'home' }],
  ['beep-python://servers', { screen: 'servers' }],
  ['beep-python://servers/', { screen: 'servers' }],
  ['beep-python://servers/demo', { screen: 'servers', item: 'demo' }],
  ['beep-python://servers/my%20d%C3%A9mo/', { screen: 'servers', item: 'my démo' }],
  ['beep-python://environments/de%CC%81mo', { screen: 'environments', item: 'démo' }],
  ['BEEP-PYTHON://settings', { screen: 'settings' }],
])('%s shows %j', (link, place) => {
  expect(placeOfLink(link)).toEqual(place)
})

it.each([
  'beep-python:servers/demo',
  'beep-python://nowhere',
  'beep-python://constructor',
  'beep-python://settings/theme',
  'beep-python://servers/a/b',
  'beep-python://servers/a%2Fb',
  'beep-python://servers/..%2F..%2Fetc',
  'beep-python://servers/%00',
  'beep-python://servers/%ff',
  'beep-python://servers/demo?start=1',
  'beep-python://servers/demo#x',
  'beep-python://user@servers/demo',
  'beep-python://servers:80/demo',
  'https://servers/demo',
  'servers/demo',
  `beep-python://servers/${'a'.repeat(2000)}`,
])('%s shows nothing', (link) => {
  expect(placeOfLink(link)).toBeUndefined()
})
