import { describe, expect, it } from 'vitest'
import { blotCredentials, proxyProblem, settingsSchema } from '../../../../contract/index.ts'
import {
  certificateVariables,
  indexVariables,
  proxyVariables,
  withWeak,
} from '../../../../core/network/child-variables.ts'
import { planProxy, routeOf } from '../../../../core/network/proxy/plan.ts'
import { scriptInEffect } from '../../../../core/network/proxy/script.ts'
import { noSystemProxy } from '../../../../core/network/proxy/system-proxy.ts'

const usual = settingsSchema.parse({})
const system = { ...noSystemProxy, https: 'http://os.example:1', noProxy: ['.corp.example'] }
const env = { HTTPS_PROXY: 'http://u:p@env.example:2', NO_PROXY: 'a.test, b.test' }
const nobody = new Map<string, string>()

describe('which proxy', () => {
  it('is that of the environment, else that of the operating system, with the exceptions of each', () => {
    expect(planProxy({ ...usual, noProxy: ['c.test'] }, nobody, env, system)).toMatchObject({
      origin: 'environment',
      https: 'http://u:p@env.example:2',
      http: undefined,
      noProxy: ['a.test', 'b.test', 'c.test'],
    })
    expect(planProxy(usual, nobody, { NO_PROXY: 'a.test' }, system)).toMatchObject({
      origin: 'system',
      https: 'http://os.example:1',
      noProxy: ['.corp.example'],
    })
    expect(planProxy(usual, nobody, {}, noSystemProxy)).toMatchObject({ origin: 'none', https: undefined, notes: [] })
  })

  it('is the small one of two variables, and that for all where there is none for it', () => {
    const both = { HTTPS_PROXY: 'http://big.example', https_proxy: 'small.example:3', ALL_PROXY: 'http://all.example' }
    const plan = planProxy(usual, nobody, both, system)
    expect(plan).toMatchObject({ https: 'http://small.example:3', http: 'http://all.example' })
  })

  it('is that of the settings, with its password, or none', () => {
    const manual = { ...usual, proxy: 'manual' as const, proxyUrl: 'http://own.example:8' }
    const credentials = new Map([['http://own.example:8', 'zo%C3%AB:p%40ss']])
    expect(planProxy(manual, credentials, env, system)).toMatchObject({
      origin: 'setting',
      https: 'http://zo%C3%AB:p%40ss@own.example:8',
      noProxy: [],
    })
    expect(planProxy({ ...usual, proxy: 'off' }, nobody, env, system)).toMatchObject({
      origin: 'setting',
      https: undefined,
    })
  })

  it('tells what it cannot follow', () => {
    expect(planProxy(usual, nobody, { ALL_PROXY: 'socks5://s.example:1' }, system).notes).toHaveLength(1)
    const socks = planProxy(usual, nobody, {}, { ...noSystemProxy, hasSocks: true })
    expect(socks).toMatchObject({ script: undefined, notes: ['The system has a SOCKS proxy, which is not used.'] })
  })

  it('tells of a proxy script who follows it, who does not, and what to do', () => {
    const script = 'http://u:p@wpad.example/p.pac'
    const plan = planProxy(usual, nobody, {}, { ...noSystemProxy, script })
    expect(scriptInEffect(plan, false)).toMatchObject({ address: 'http://wpad.example/p.pac', isFollowed: false })
    const ignored = scriptInEffect(plan, false)?.text
    expect(ignored).toMatch(/\(http:\/\/wpad\.example\/p\.pac\)\. Nothing here follows it:.*go without a proxy/u)
    expect(ignored).toContain('`beep-host config set proxyUrl http://HOST:PORT`')
    const followed = scriptInEffect(planProxy(usual, nobody, {}, { ...system, script }), true)?.text
    expect(followed).toMatch(/downloads of Pythons follow it\. uv, pip,.*take the other proxy of the system/u)
    // Whatever is named goes before it.
    const named = [
      planProxy(usual, nobody, env, { ...noSystemProxy, script }),
      planProxy({ ...usual, proxy: 'off' }, nobody, {}, { ...noSystemProxy, script }),
    ]
    expect(named.map((one) => scriptInEffect(one, false))).toEqual([null, null])
  })

  it('is asked for no address of this machine, nor for an exception', () => {
    const plan = planProxy(usual, nobody, env, system)
    expect(routeOf(plan, new URL('https://x.test'))).toBe('http://u:p@env.example:2')
    for (const address of ['https://localhost:1', 'https://a.test', 'https://x.b.test', 'http://x.test'])
      expect(routeOf(plan, new URL(address)), address).toBeUndefined()
  })
})

describe('what children are told', () => {
  it('leaves the environment as it is where nobody has a proxy', () => {
    expect(proxyVariables(planProxy(usual, nobody, {}, noSystemProxy), {})).toEqual({})
  })

  it('keeps the variables of the user, and adds this machine to the exceptions', () => {
    const told = proxyVariables(planProxy(usual, nobody, env, system), env)
    expect(told).toEqual({
      NO_PROXY: 'localhost,127.0.0.1,::1,a.test,b.test',
      no_proxy: 'localhost,127.0.0.1,::1,a.test,b.test',
    })
  })

  it('replaces every spelling with the proxy of the settings, and says off aloud', () => {
    const manual = { ...usual, proxy: 'manual' as const, proxyUrl: 'http://own.example:8' }
    expect(proxyVariables(planProxy(manual, nobody, env, system), env)).toMatchObject({
      HTTPS_PROXY: 'http://own.example:8',
      https_proxy: 'http://own.example:8',
      http_proxy: 'http://own.example:8',
      ALL_PROXY: undefined,
      all_proxy: undefined,
    })
    const off = proxyVariables(planProxy({ ...usual, proxy: 'off' }, nobody, env, system), env)
    expect(off).toMatchObject({ HTTPS_PROXY: undefined, https_proxy: undefined, NO_PROXY: '*', no_proxy: '*' })
  })

  it('names certificates outright where the settings have some, else only where the user has not', () => {
    expect(certificateVariables('/b.pem', true).strong).toMatchObject({ SSL_CERT_FILE: '/b.pem', PIP_CERT: '/b.pem' })
    const { strong, weak } = certificateVariables('/b.pem', false)
    expect(strong).toEqual({})
    expect(withWeak({ PATH: '/bin' }, weak)).toEqual({
      PATH: '/bin',
      SSL_CERT_FILE: '/b.pem',
      REQUESTS_CA_BUNDLE: '/b.pem',
    })
    const own = { SSL_CERT_DIR: '/etc/own', PIP_CERT: '/own.pem' }
    expect(withWeak(own, weak)).toEqual(own)
  })

  it('names the index to both, in place of older words for it', () => {
    const address = 'https://packages.example/simple'
    expect(indexVariables(address)).toEqual({
      PIP_INDEX_URL: address,
      UV_DEFAULT_INDEX: address,
      UV_INDEX_URL: undefined,
    })
    expect(indexVariables(null)).toEqual({})
  })
})

it('knows what cannot be a proxy', () => {
  for (const text of ['http://proxy.example:8080', 'https://u:p@proxy.example', 'http://[fd00::7]:3128/'])
    expect(proxyProblem(text), text).toBeUndefined()
  expect(proxyProblem('socks5://proxy.example:1080')).toContain('SOCKS')
  for (const text of [
    'proxy.example:8080',
    '',
    'ftp://proxy.example',
    'http://proxy.example:99999',
    'http://proxy.example/path',
    'http://',
  ])
    expect(proxyProblem(text), text).toBeDefined()
})

it('blots whoever signs in out of any text', () => {
  expect(
    blotCredentials('asked "http://zoë:p@ss@proxy.example:8080/x" and https://token@h/simple, mail me@example.com'),
  ).toBe('asked "http://****@proxy.example:8080/x" and https://****@h/simple, mail me@example.com')
})
