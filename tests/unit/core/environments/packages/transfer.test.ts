import { expect, it } from 'vitest'
import { parseRequirementsFile } from '../../../../../core/environments/requirements-file.ts'
import { requirementsText } from '../../../../../core/environments/packages/transfer.ts'

function installed(name: string, version: string, isDirect = false) {
  return { name, version, isDirect, key: name.toLowerCase().replaceAll('_', '-'), requires: [] }
}

it('pins what an index has, and tells what it leaves out', () => {
  const packages = [
    installed('mine', '0.1', true),
    installed('odd', 'not a version'),
    installed('pip', '23.2'),
    installed('PyYAML', '6.0.2'),
    installed('torch', '2.4.0+cpu'),
  ]
  const { text, count } = requirementsText({ name: 'é 1\nsix', python: '3.11.7', requirements: [] }, packages)
  expect(text).toBe(
    [
      '# Environment é 1 six, Python 3.11.7',
      'PyYAML==6.0.2',
      'torch==2.4.0+cpu',
      '# mine 0.1 was not installed from a package index',
      '# odd not a version has a version that cannot be asked for',
      '',
    ].join('\n'),
  )
  expect(count).toBe(2)
  expect(parseRequirementsFile(text)).toEqual(['PyYAML==6.0.2', 'torch==2.4.0+cpu'])
})

it('has pip in it where somebody asked for it', () => {
  const facts = { name: 'a', python: '3.11.7', requirements: ['pip>=23'] }
  expect(requirementsText(facts, [installed('pip', '23.2')]).text).toContain('pip==23.2')
  expect(requirementsText({ ...facts, requirements: [] }, []).count).toBe(0)
})
