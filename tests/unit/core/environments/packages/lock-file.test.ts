import { expect, it } from 'vitest'
import { hashesInCompiled, hashesInReport } from '../../../../../core/environments/installer/lock.ts'
import { hashesByName, isLock, lockText, parseLock } from '../../../../../core/environments/packages/lock-file.ts'
import { AppError } from '../../../../../contract/index.ts'

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]

it('reads what it writes, and what other tools write', () => {
  const packages = [
    { requirement: 'numpy==2.1.0', hashes: [`sha256:${a}`, `sha256:${b}`] },
    { requirement: 'six==1.17.0', hashes: [`sha256:${a}`] },
  ]
  const text = lockText('An environment', packages, ['# mine 0.1 was not installed from a package index'])
  expect(isLock(text)).toBe(true)
  expect(parseLock(text)).toEqual(packages)
  const other = `--require-hashes\r\nnumpy==2.1.0 ; python_version >= "3.9" \\\r\n    --hash=sha256:${a}\r\n    # via pandas\r\n`
  expect(parseLock(other)).toEqual([{ requirement: 'numpy==2.1.0 ; python_version >= "3.9"', hashes: [`sha256:${a}`] }])
  expect(isLock('numpy==2.1.0\n# pip install --hash=x\n')).toBe(false)
})

it('takes a package that is there once for each kind of machine', () => {
  const text = `numpy==1.26.4 ; python_version < "3.10" --hash=sha256:${b}\nnumpy==2.1.0 ; python_version >= "3.10" --hash=sha256:${a}\n`
  expect(hashesByName(parseLock(text))).toEqual(new Map([['numpy', [`sha256:${a}`, `sha256:${b}`]]]))
})

it.each([
  ['numpy==2.1.0', 'without a hash'],
  [`numpy>=2 --hash=sha256:${a}`, 'without an exact version'],
  [`numpy==2.* --hash=sha256:${a}`, 'with any version of a kind'],
  ['numpy==2.1.0 --hash=md5:0123', 'with a weak hash'],
  [`numpy==2.1.0 --index-url http://evil --hash=sha256:${a}`, 'with another option'],
  [`https://evil/x.whl --hash=sha256:${a}`, 'an address'],
])('refuses %s: %s', (line) => {
  expect(() => parseLock(`six==1.17.0 --hash=sha256:${b}\n${line}\n`)).toThrow(AppError)
})

it('takes the hashes from what uv and pip tell', () => {
  const uv = `numpy==2.1.0 \\\n    --hash=sha256:${b} \\\n    --hash=sha256:${a}\nold-school==1.0 \\\n    --hash=sha256:${a}\n`
  expect([...hashesInCompiled(uv)]).toEqual([
    ['numpy', [`sha256:${a}`, `sha256:${b}`]],
    ['old-school', [`sha256:${a}`]],
  ])
  const report = {
    install: [
      { metadata: { name: 'Old_School' }, download_info: { url: 'x', archive_info: { hashes: { sha256: a } } } },
      { metadata: { name: 'vcs' }, download_info: { url: 'x' } },
    ],
  }
  expect([...hashesInReport(JSON.stringify(report))]).toEqual([['old-school', [`sha256:${a}`]]])
  expect([...hashesInReport('nothing')]).toEqual([])
})
