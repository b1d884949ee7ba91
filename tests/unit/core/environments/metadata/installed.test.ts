import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { recordedFiles } from '../../../../../core/environments/damage.ts'
import { parseMetadata, readPackages } from '../../../../../core/environments/metadata/installed.ts'
import { libraryFolder, sitePackages } from '../../../../../core/environments/site-packages.ts'
import { tempFolder } from '../../../../tools/temp-folder.ts'

it('reads name and version from the head of the metadata only', () => {
  const text = 'Metadata-Version: 2.1\r\nname: Foo_Bar \r\nVersion:  1.0\r\n\r\nName: in the description\nVersion: 9\n'
  expect(parseMetadata(text)).toEqual({ name: 'Foo_Bar', version: '1.0' })
  expect(parseMetadata('Name: x\n\nVersion: 1')).toBeUndefined()
})

it('lists what is installed, in whatever form, sorted, and once', async () => {
  const site = tempFolder()
  const elsewhere = tempFolder()
  const put = (file: string, name: string, version: string, folder = site) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\nText`)
  }
  put('Zed-1.0.dist-info/METADATA', 'Zed', '1.0')
  put('foo_bar-2.0.dist-info/METADATA', 'foo.bar', '2.0')
  put('foo_bar.egg-info/PKG-INFO', 'Foo-Bar', '1.0')
  put('old.egg-info', 'old', '0.1')
  put('linked.egg-info/PKG-INFO', 'linked', '0.3', elsewhere)
  writeFileSync(path.join(site, 'linked.egg-link'), `${elsewhere}\n.`)
  put('~ed-0.9.dist-info/METADATA', 'Zed', '0.9')
  mkdirSync(path.join(site, 'broken-1.0.dist-info'))
  mkdirSync(path.join(site, 'just_a_folder'))
  expect(await readPackages(site)).toEqual([
    { name: 'foo.bar', version: '2.0' },
    { name: 'linked', version: '0.3' },
    { name: 'old', version: '0.1' },
    { name: 'Zed', version: '1.0' },
  ])
  expect(await readPackages(undefined)).toEqual([])
  expect(await readPackages(path.join(site, 'missing'))).toEqual([])
})

it('finds the packages’ folder on all three systems', async () => {
  expect(libraryFolder(['pkgconfig', 'python3.12'])).toBe('python3.12')
  expect(libraryFolder(['pypy3.10'])).toBe('pypy3.10')
  expect(libraryFolder(['pythonic'])).toBeUndefined()
  expect(await sitePackages('C:\\e\\a b', 'win32')).toBe('C:\\e\\a b\\Lib\\site-packages')
  const root = tempFolder()
  expect(await sitePackages(root, 'linux')).toBeUndefined()
  mkdirSync(path.join(root, 'lib', 'python3.13'), { recursive: true })
  expect(await sitePackages(root, 'darwin')).toBe(path.join(root, 'lib', 'python3.13', 'site-packages'))
})

it('reads the files of a RECORD', () => {
  const record =
    'a/b.py,sha256=x,12\r\n"odd, ""name"".txt",,\r\n../../../bin/tool,sha256=y,3\r\na/__pycache__/b.pyc,,\r\n'
  expect(recordedFiles(record)).toEqual([
    { file: 'a/b.py', bytes: 12 },
    { file: 'odd, "name".txt', bytes: undefined },
    { file: '../../../bin/tool', bytes: 3 },
  ])
})
