import { expect, it } from 'vitest'
import { parseOutdated } from '../../../../../core/environments/installer/outdated.ts'
import { parseReport, uvAddition } from '../../../../../core/environments/installer/preview.ts'

it('reads what is outdated as both tools print it', () => {
  const uv = '[{"name":"old-school","version":"1.0","latest_version":"1.1","latest_filetype":"wheel"}]\n'
  const pip = `WARNING: something\r\n[{"name": "Old_School", "version": "1.0", "latest_version": "1.1", "latest_filetype": "wheel"}]\r\n`
  for (const text of [uv, pip]) {
    expect([...parseOutdated(text)!]).toEqual([['old-school', { version: '1.0', latest: '1.1' }]])
  }
  expect(parseOutdated('[]')?.size).toBe(0)
  for (const text of ['', 'nothing', '[{"name":1}]', '[{']) expect(parseOutdated(text)).toBeUndefined()
})

it('reads what uv would do', () => {
  const lines = ['Would install 2 packages', ' - free==1.0', ' + free==1.1', ' + Helper_One==2.5+cpu', ' ~ again==1.0']
  expect(lines.map((line) => uvAddition(line))).toEqual([
    undefined,
    undefined,
    ['free', '1.1'],
    ['helper-one', '2.5+cpu'],
    ['again', '1.0'],
  ])
})

it('reads what pip would do', () => {
  const report = { version: '1', install: [{ requested: true, metadata: { name: 'Helper_One', version: '2.5' } }] }
  expect([...parseReport(JSON.stringify(report))!]).toEqual([['helper-one', '2.5']])
  expect(parseReport('')).toBeUndefined()
})
