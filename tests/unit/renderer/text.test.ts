import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { commandNames, commands } from '../../../contract/index.ts'
import { en } from '../../../renderer/text/en.ts'
import { t, texts } from '../../../renderer/text/index.ts'
import { pseudo, pseudoCatalog } from '../../../renderer/text/pseudo.ts'
import type { Catalog } from '../../../renderer/text/pseudo.ts'

const renderer = path.resolve(import.meta.dirname, '../../../renderer')
const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/u.test(file) && !file.startsWith('text'))
  .map((file) => ({ file, text: readFileSync(path.join(renderer, file), 'utf8') }))

function keysOf(catalog: Catalog, before = ''): string[] {
  return Object.entries(catalog).flatMap(([key, value]) =>
    typeof value === 'string' ? [before + key] : keysOf(value, `${before}${key}.`),
  )
}
const keys = keysOf(en)
const singular = (key: string) => key.replace(/_(one|other)$/u, '')

afterEach(() => texts.changeLanguage('en'))

describe('the catalog of texts', () => {
  it('has no empty text', () => {
    expect(keys.filter((key) => (texts.getResource('en', 'translation', key) as string).trim() === '')).toEqual([])
  })

  it('has both forms of each plural', () => {
    const plurals = keys.filter((key) => /_(one|other)$/u.test(key)).map(singular)
    for (const key of plurals) expect(keys).toEqual(expect.arrayContaining([`${key}_one`, `${key}_other`]))
    expect(t('shell.jobs', { count: 1 })).toBe('1 job running')
    expect(t('shell.jobs', { count: 2 })).toBe('2 jobs running')
  })

  it('holds every key that the screens ask for', () => {
    const known = new Set(keys.map(singular))
    const asked = sources.flatMap(({ file, text }) =>
      Array.from(text.matchAll(/\bt\(\s*(['`])([^'`]+)\1/gu), ([, , key = '']) => ({ file, key })),
    )
    const missing = asked.filter(({ key }) => {
      if (!key.includes('${')) return !known.has(key)
      // A computed key: at least one text has its form.
      const form = new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/gu, '[\\w.-]+')}$`, 'u')
      return !Array.from(known).some((one) => form.test(one))
    })
    expect(asked.length).toBeGreaterThan(100)
    expect(missing).toEqual([])
  })

  it('has words for each job, wherever its end is told', () => {
    const jobs = commandNames.filter((name) => commands[name].kind === 'job')
    expect(jobs.filter((name) => !Object.hasOwn(en.activity.titles, name))).toEqual([])
  })

  it('is the only place with text: no screen has words of its own', () => {
    const spoken = sources
      .filter(({ file }) => file.endsWith('.tsx'))
      .flatMap(({ file, text }) =>
        Array.from(
          text.matchAll(
            /(?:\b(?:label|title|placeholder|description|aria-label|alt)="([^"]*[a-z][^"]*)")|(?:^\s+([A-Z][a-z]+(?: [a-z]+)*)\s*$)/gmu,
          ),
          ([, attribute, child]) => `${file}: ${attribute ?? child}`,
        ),
      )
    expect(spoken).toEqual([])
  })

  it('can be another language: the pseudo one reaches each key and keeps what is filled in', async () => {
    texts.addResourceBundle('xx', 'translation', pseudoCatalog(en))
    await texts.changeLanguage('xx')
    for (const key of keys) expect(texts.getResource('xx', 'translation', key), key).toMatch(/^\[.*\]$/su)
    expect(t('runtimes.version', { version: '3.12.14' })).toMatch(/^\[Þ?P?.*3\.12\.14·+\]$/u)
    expect(t('shell.cancel')).toBe(pseudo('Cancel'))
  })
})

it('the pseudo language is longer, accented, and leaves holes alone', () => {
  expect(pseudo('Install {{version}}')).toBe('[Iñšţáļļ {{version}}······]')
})
