import { describe, expect, test } from 'vitest'
import { snippet } from '../../../../renderer/features/servers/snippets/snippets.ts'
import { snippetLanguages } from '../../../../renderer/features/servers/snippets/target.ts'
import type { SnippetTarget } from '../../../../renderer/features/servers/snippets/target.ts'

const token = 'T0ken_-abc'
const http: SnippetTarget = {
  name: 'my server',
  endpoint: { transport: 'http', url: 'http://127.0.0.1:6001', token },
  token,
  home: undefined,
}
const unixPipe: SnippetTarget = {
  name: 'café',
  endpoint: { transport: 'pipe', path: '/run/my beep/server-café.sock' },
  token: undefined,
  home: '/srv/beep',
}
const windowsPath = String.raw`\\.\pipe\beep-python-demo`
const windowsPipe: SnippetTarget = {
  name: 'demo',
  endpoint: { transport: 'pipe', path: windowsPath, token },
  token,
  home: undefined,
}

const rpc: SnippetTarget = {
  name: 'typed',
  endpoint: { transport: 'rpc', address: '127.0.0.1:50051', token },
  token,
  home: undefined,
}

describe('rpc', () => {
  test.each(['python', 'csharp', 'go', 'java', 'shell'] as const)('%s has the address and the token', (language) => {
    expect(snippet(language, rpc, 'linux')).toContain('127.0.0.1:50051')
    expect(snippet(language, rpc, 'linux')).toContain(token)
    expect(snippet(language, { ...rpc, token: undefined }, 'linux')).not.toMatch(/Bearer|authorization|undefined/u)
  })

  test('grpcurl needs no file, and gets the request as one word of each shell', () => {
    const text = snippet('shell', rpc, 'linux')
    const request = { expression: 'sum(xs)', locals_json: '{"xs":[1,2,3]}' }
    expect(text).toContain(`-d '${JSON.stringify(request)}'`)
    expect(text).toContain('127.0.0.1:50051 beep.python.runtime.PythonService/Evaluate')
    // What PowerShell hands on without its backslashes is the same request.
    const word = /-d '(.*)'/u.exec(snippet('shell', rpc, 'win32'))?.[1] ?? ''
    expect(
      JSON.parse(word.replaceAll(/(\\*)\\"/gu, (_, slashes: string) => `${slashes.slice(slashes.length / 2)}"`)),
    ).toEqual(request)
  })

  test('TypeScript connects by name, as ever', () => {
    expect(snippet('typescript', rpc, 'linux')).toContain('await connect("typed")')
  })
})

describe('http', () => {
  test.each(['python', 'csharp', 'go', 'java', 'shell'] as const)('%s has the address and the token', (language) => {
    const text = snippet(language, http, 'linux')
    expect(text).toContain('http://127.0.0.1:6001')
    expect(text).toContain(token)
    expect(text).toContain('Bearer')
  })

  test.each(['python', 'csharp', 'go', 'java', 'shell'] as const)(
    '%s sends no token where none is asked for',
    (language) => {
      const open = { ...http, token: undefined }
      expect(snippet(language, open, 'linux')).not.toMatch(/Bearer|Authorization|undefined/u)
      expect(snippet(language, open, 'win32')).not.toMatch(/Bearer|Authorization|undefined/u)
    },
  )

  test('curl, and PowerShell on Windows', () => {
    expect(snippet('shell', http, 'linux')).toContain(`-H 'Authorization: Bearer ${token}'`)
    expect(snippet('shell', http, 'darwin')).toMatch(/^curl /u)
    expect(snippet('shell', http, 'win32')).toMatch(/^Invoke-RestMethod /u)
  })
})

describe('pipe on Unix', () => {
  test.each(['python', 'csharp', 'go', 'java', 'shell'] as const)('%s has the path, and greets nobody', (language) => {
    const text = snippet(language, unixPipe, 'linux')
    expect(text).toContain('/run/my beep/server-café.sock')
    expect(text).not.toMatch(/hello|undefined/u)
  })

  test('nc gets the path as one word', () => {
    expect(snippet('shell', unixPipe, 'linux')).toContain("| nc -U '/run/my beep/server-café.sock'")
  })
})

describe('pipe on Windows', () => {
  test('is opened in the language own way, and greeted with the token first', () => {
    const python = snippet('python', windowsPipe, 'win32')
    expect(python).toContain(String.raw`open("\\\\.\\pipe\\beep-python-demo", "r+b", buffering=0)`)
    expect(python.indexOf('hello')).toBeLessThan(python.indexOf('"eval"'))
    expect(python).not.toContain('socket')
    expect(snippet('csharp', windowsPipe, 'win32')).toContain('NamedPipeClientStream(".", "beep-python-demo"')
    expect(snippet('go', windowsPipe, 'win32')).toContain('os.OpenFile("')
    for (const language of ['python', 'csharp', 'go', 'java'] as const) {
      expect(snippet(language, windowsPipe, 'win32')).toContain(token)
    }
  })

  test('the shell has no tool for it but ours', () => {
    expect(snippet('shell', windowsPipe, 'win32')).toBe("beep-host eval demo '1 + 1'")
  })
})

test('TypeScript connects by name, and names a data root that is not the usual one', () => {
  expect(snippet('typescript', http, 'linux')).toContain('await connect("my server")')
  expect(snippet('typescript', unixPipe, 'linux')).toContain('await connect("café", { home: "/srv/beep" })')
})

test('a mask in the place of the token leaves no trace of the real one', () => {
  for (const language of snippetLanguages) {
    for (const target of [http, windowsPipe, rpc]) {
      expect(snippet(language, { ...target, token: '••••' }, 'linux')).not.toContain(token)
    }
  }
})
