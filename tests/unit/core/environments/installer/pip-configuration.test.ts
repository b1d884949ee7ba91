import { expect, it } from 'vitest'
import {
  parsePipConfiguration,
  pipOptionsFrom,
  pythonString,
} from '../../../../../core/environments/installer/pip-configuration.ts'

it('reads what pip prints, the stronger section winning', () => {
  const printed = [
    ":env:.cert='/env/ca.pem'",
    ":env:.disable-pip-version-check='1'",
    "global.cert='/global/ca.pem'",
    "global.extra-index-url='\\nhttps://a/simple\\nhttps://b/simple'",
    "global.index-url='https://global/simple'",
    'install.index-url="https://it\'s/simple"',
    "install.find_links=''",
    "wheel.index-url='https://not-for-install'",
    'WARNING: something else',
  ].join('\r\n')
  expect(Object.fromEntries(parsePipConfiguration(printed))).toEqual({
    cert: '/env/ca.pem',
    'disable-pip-version-check': '1',
    'extra-index-url': '\nhttps://a/simple\nhttps://b/simple',
    'index-url': "https://it's/simple",
  })
})

it('reads Python string literals', () => {
  expect(pythonString("'a\\\\b\\'c\\td\\xe9\\u20ac\\U0001f40d'")).toBe("a\\b'c\tdé€🐍")
  expect(pythonString('"C:\\\\pip"')).toBe('C:\\pip')
  expect(pythonString('bare')).toBeUndefined()
})

it('falls back to the variables', () => {
  const options = pipOptionsFrom({ PIP_INDEX_URL: 'https://x', PIP_NO_INDEX: '', UV_INDEX: 'y', PIPX_HOME: 'z' })
  expect(Object.fromEntries(options)).toEqual({ 'index-url': 'https://x' })
})
