import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startHost } from '../../../core/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'

test('the log of the host does not tell its token', async () => {
  const host = await startHost({ home: path.join(tempFolder(), 'dàta'), env: { PATH: '' } })
  onTestFinished(() => host.close())
  const { token } = host.instance
  host.log(`somebody came with ${token}`)
  host.log(`and with authorization: Bearer ${token}`)
  await host.core.dispatch(`no such ${token}`, {})
  const text = readFileSync(path.join(host.core.layout.logs, 'host.log'), 'utf8')
  expect(text).toContain('somebody came with ***\n')
  expect(text).toContain('authorization: Bearer ***\n')
  expect(text).not.toContain(token)
})
