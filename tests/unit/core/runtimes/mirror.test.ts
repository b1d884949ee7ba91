import { expect, it } from 'vitest'
import { isLoopback, mirrorUrls } from '../../../../core/runtimes/mirror.ts'

const archive = { tag: '20260814', file: 'cpython-3.12.14+20260814-x.tar.gz' }

it.each([
  ['https://mirror.example/python/', 'linux', 'https://mirror.example/python'],
  ['https://mirror.example/p?key=1', 'linux', 'https://mirror.example/p'],
  ['http://127.0.0.1:8080', 'linux', 'http://127.0.0.1:8080'],
  ['http://localhost/m', 'darwin', 'http://localhost/m'],
  ['http://[::1]:8080/m', 'linux', 'http://[::1]:8080/m'],
  ['file:///srv/mirror%20one', 'linux', 'file:///srv/mirror%20one'],
] as const)('looks on %s under the tag, then directly', (mirror, platform, base) => {
  const query = mirror.includes('?') ? '?key=1' : ''
  expect(mirrorUrls(mirror, archive, platform)).toEqual([
    `${base}/20260814/cpython-3.12.14%2B20260814-x.tar.gz${query}`,
    `${base}/cpython-3.12.14%2B20260814-x.tar.gz${query}`,
  ])
})

it('takes a folder on all platforms', () => {
  expect(mirrorUrls('/srv/mïrror one', archive, 'linux')[0]).toBe(
    'file:///srv/m%C3%AFrror%20one/20260814/cpython-3.12.14+20260814-x.tar.gz',
  )
  expect(mirrorUrls('C:\\Mirror one', archive, 'win32')[1]).toBe(
    'file:///C:/Mirror%20one/cpython-3.12.14+20260814-x.tar.gz',
  )
  expect(mirrorUrls('\\\\server\\share', archive, 'win32')[1]).toBe(
    'file://server/share/cpython-3.12.14+20260814-x.tar.gz',
  )
})

it.each([
  ['http://mirror.example/python', 'http: is unprotected'],
  ['ftp://mirror.example', 'ftp: is not supported'],
  ['mirror/folder', 'neither an address nor the full path'],
  ['', 'neither an address nor the full path'],
  ['https://mirror.example/simple/', 'a package mirror, not a Python mirror'],
  ['https://mirror.example/repository/pypi/simple', 'a package mirror, not a Python mirror'],
  ['https://mirror.example/cpython-3.12.tar.gz', 'one archive, not a mirror'],
])('refuses %s: %s', (mirror, why) => {
  expect(() => mirrorUrls(mirror, archive, 'linux')).toThrow(
    expect.objectContaining({
      code: 'INVALID_PARAMS',
      message: expect.stringContaining(why) as string,
      hint: expect.any(String) as string,
    }),
  )
})

it('knows this machine from others', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]']) expect(isLoopback(host), host).toBe(true)
  for (const host of ['localhost.example', '127.0.0.1.example', '10.0.0.1', '[::2]', '0.0.0.0', ''])
    expect(isLoopback(host), host).toBe(false)
})
