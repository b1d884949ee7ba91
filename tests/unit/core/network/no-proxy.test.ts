import { describe, expect, it } from 'vitest'
import { noProxyProblem } from '../../../../contract/index.ts'
import { goesWithoutProxy, noProxyVariable } from '../../../../core/network/proxy/no-proxy.ts'

const direct = (address: string, ...entries: string[]) => goesWithoutProxy(new URL(address), entries)

describe('what goes without a proxy', () => {
  it.each([
    'http://localhost:5678',
    'https://127.0.0.1',
    'http://127.9.9.9',
    'https://[::1]:8443',
    'http://a.localhost',
  ])('this machine, whatever the list says: %s', (address) => expect(direct(address)).toBe(true))

  it.each([
    ['https://example.com', 'example.com'],
    ['https://a.b.example.com', 'example.com'],
    ['https://a.example.com', '.example.com'],
    ['https://example.com', '.example.com'],
    ['https://a.example.com', '*.example.com'],
    ['https://A.EXAMPLE.com.', 'example.COM'],
    ['https://example.com', 'example.com:443'],
    ['http://example.com:8080', 'example.com:8080'],
    ['https://anything.test', '*'],
    ['https://10.1.2.3', '10.1.2.3'],
    ['https://10.1.2.3', '10.0.0.0/8'],
    ['https://169.254.7.7', '169.254/16'],
    ['https://10.1.2.3', '10.*'],
    ['https://[fd00::5]', 'fd00::/8'],
    ['https://[fd00::5]', '[fd00::5]'],
    ['https://[fd00::5]', 'fd00:0:0:0:0:0:0:5'],
    ['https://intranet', '<local>'],
    ['https://build7.example.com', 'build*.example.com'],
    // Underscores, and what else people write in their lists, stand for themselves.
    ['https://srv_7.my_corp.test', 'srv_*.my_corp.test'],
    ['https://a.example.com', '*.ex:ample<~%@.com', '*.example.com'],
  ])('%s with %s', (address, ...entries) => expect(direct(address!, 'other.test', ...entries)).toBe(true))

  it.each([
    ['https://notexample.com', 'example.com'],
    ['https://example.com.evil.test', 'example.com'],
    ['https://example.com', 'example.com:8443'],
    ['https://11.1.2.3', '10.0.0.0/8'],
    ['https://10.1.2.3', 'fd00::/8'],
    ['https://10.1.2.3', '0.1.2.3'],
    ['https://intranet.example', '<local>'],
    ['https://10.1.2.3', '<local>'],
    ['https://a.test', ''],
    ['https://a.test', 'a.test/99'],
  ])('not %s with %s', (address, entry) => expect(direct(address, entry)).toBe(false))
})

it('tells pip and uv the same, in words that they know', () => {
  expect(noProxyVariable(['*.corp.example', '10.*', '192.168.*', '169.254/16', '<local>', 'a.test:8443'])).toBe(
    'localhost,127.0.0.1,::1,.corp.example,10.0.0.0/8,192.168.0.0/16,169.254.0.0/16,a.test:8443',
  )
})

it('knows what cannot be in the list', () => {
  for (const entry of [
    '*',
    '<local>',
    'a.test',
    '.a.test',
    '*.a.test',
    'a.test:80',
    '10.0.0.0/8',
    '169.254/16',
    'fd00::/8',
    '::1',
    '[::1]:80',
    '10.*',
  ])
    expect(noProxyProblem(entry), entry).toBeUndefined()
  for (const entry of ['', 'a b', 'http://a.test', 'a.test/path', '10.0.0.0/33', 'a,b', 'u:p@a.test'])
    expect(noProxyProblem(entry), entry).toBeDefined()
})
