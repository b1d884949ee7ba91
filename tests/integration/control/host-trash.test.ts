import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createCore, startHost } from '../../../core/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { tempFolder } from '../../tools/temp-folder.ts'

/** As a deletion leaves it. */
function trashOne(home: string, id: string, expiresAt: Date): string {
  const place = path.join(home, 'environments', '.trash', id)
  mkdirSync(path.join(place, 'environment'), { recursive: true, mode: 0o700 })
  const removedAt = new Date(expiresAt.getTime() - 24 * 3600 * 1000)
  const manifest = { version: 1, name: id, sizeBytes: 5, removedAt, expiresAt }
  writeFileSync(path.join(place, 'trashed.json'), JSON.stringify(manifest))
  return place
}

test('a host deletes at its start what has expired, and nothing else; a core without one deletes nothing', async () => {
  const home = path.join(tempFolder(), 'dàta')
  const env = { PATH: '' }
  const old = trashOne(home, 'old é', new Date(Date.now() - 1000))
  const young = trashOne(home, 'young', new Date(Date.now() + 60_000))
  for (const readOnly of [true, false]) {
    const core = await createCore({ home, env, readOnly })
    expect(await core.dispatch('environments.trash', {})).toMatchObject({ ok: [{ name: 'young' }, { name: 'old é' }] })
    await core.close()
  }

  const host = await startHost({ home, env })
  onTestFinished(() => host.close())
  await eventually('what has expired is gone', () => !existsSync(old))
  expect(existsSync(young)).toBe(true)
  expect(await host.core.dispatch('environments.trash', {})).toMatchObject({ ok: [{ name: 'young' }] })
})
