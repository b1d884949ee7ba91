import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { requirementSchema } from '../../../../contract/index.ts'
import { readProfiles, withProfiles } from '../../../../core/environments/profiles.ts'
import { requirementName } from '../../../../core/environments/requirements.ts'
import { failureOf } from '../../../tools/failure-of.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const shipped = path.resolve(import.meta.dirname, '../../../../resources/profiles.json')

it('those that ship are there, and name packages without upper limits', async () => {
  const profiles = await readProfiles(shipped)
  expect(profiles.map(({ id }) => id)).toEqual([
    'minimal',
    'base',
    'data-science',
    'machine-learning',
    'web',
    'full-stack',
  ])
  for (const { title, summary, packages } of profiles) {
    expect(title).not.toBe('')
    expect(summary).not.toBe('')
    for (const text of packages) {
      expect(requirementSchema.safeParse(text).success).toBe(true)
      expect(text).toMatch(/^[\w-]+>=[\d.]+$/u)
    }
    expect(new Set(packages.map(requirementName)).size).toBe(packages.length)
  }
})

it('one that includes others has their packages', async () => {
  const byId = new Map((await readProfiles(shipped)).map((profile) => [profile.id, profile.packages]))
  const parts = ['data-science', 'machine-learning', 'web'].flatMap((id) => byId.get(id)!)
  expect(byId.get('full-stack')).toEqual(parts)
})

it('are joined with further packages, each text once', async () => {
  const joined = await withProfiles(shipped, ['web', 'minimal', 'web'], ['flask>=3.0', 'idna'])
  expect(joined).toEqual(['requests>=2.31', 'beautifulsoup4>=4.12', 'flask>=3.0', 'idna'])
  expect(await withProfiles('/nowhere', [], ['idna'])).toEqual(['idna'])
})

it('one that there is not is told with those that there are', async () => {
  const failure = await failureOf(withProfiles(shipped, ['web', 'dätä'], []))
  expect(failure).toMatchObject({ code: 'NOT_FOUND', message: 'There is no profile dätä' })
  expect(failure.hint).toBe('There are: minimal, base, data-science, machine-learning, web, full-stack.')
})

it('a file that is none is told with its path', async () => {
  const file = path.join(tempFolder(), 'profiles.json')
  expect(await failureOf(readProfiles(file))).toMatchObject({ code: 'FILE_UNREADABLE', details: { path: file } })
  writeFileSync(file, '{"version":1,"profiles":[{"id":"a","title":"A","summary":"s","packages":["--evil"]}]}')
  expect(await failureOf(readProfiles(file))).toMatchObject({ code: 'FILE_UNREADABLE', details: { path: file } })
  // Only what stands before it can be included, so nothing goes round in circles.
  writeFileSync(
    file,
    '{"version":1,"profiles":[{"id":"a","title":"A","summary":"s","includes":["a"],"packages":["idna"]}]}',
  )
  expect(await failureOf(readProfiles(file))).toMatchObject({ code: 'NOT_FOUND' })
})
