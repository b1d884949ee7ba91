import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { launchersToRemake, parseEntryPoints } from '../../../../core/environments/carry/launchers.ts'
import { partOf } from '../../../../core/environments/carry/parts.ts'
import { recordFacts, rewrittenRecord } from '../../../../core/environments/carry/record.ts'
import { relocatedScript, relocatedText } from '../../../../core/environments/carry/relocate.ts'

const body = '# -*- coding: utf-8 -*-\nimport sys\n'

function script(text: string, from: string, to: string, platform: NodeJS.Platform = 'linux'): string | undefined {
  return relocatedScript(Buffer.from(text), { from, to, platform })?.toString('utf8')
}

describe('a script', () => {
  it.each([
    ['plain to plain', '/e/a', '/e/b', '#!/e/a/bin/python3\n', '#!/e/b/bin/python3\n'],
    ['with options', '/e/a', '/e/b', '#!/e/a/bin/python -E -s\n', '#!/e/b/bin/python -E -s\n'],
    [
      'plain to one with a space, an accent and a quote',
      '/e/a',
      "/e/é it's",
      '#!/e/a/bin/python -E\n',
      `#!/bin/sh\n'''exec' '/e/é it'"'"'s/bin/python' -E "$0" "$@"\n' '''\n`,
    ],
    [
      'back again, as uv writes it',
      "/e/é it's",
      '/e/a',
      `#!/bin/sh\n'''exec' '/e/é it'"'"'s/bin/python' "$0" "$@"\n' '''\n`,
      '#!/e/a/bin/python\n',
    ],
    [
      'and as pip does',
      '/e/é 1',
      '/e/é 2',
      `#!/bin/sh\n'''exec' "/e/é 1/bin/python3.12" "$0" "$@"\n' '''\n`,
      `#!/bin/sh\n'''exec' '/e/é 2/bin/python3.12' "$0" "$@"\n' '''\n`,
    ],
    [
      'one that is too long for a kernel',
      '/e/a',
      `/e/${'b'.repeat(120)}`,
      '#!/e/a/bin/python\n',
      `#!/bin/sh\n'''exec' '/e/${'b'.repeat(120)}/bin/python' "$0" "$@"\n' '''\n`,
    ],
  ])('%s', (_what, from, to, before, after) => {
    expect(script(before + body, from, to)).toBe(after + body)
  })

  it('on Windows', () => {
    const [from, to] = ['C:\\e\\a', 'C:\\e\\b c']
    expect(script(`#!C:\\e\\a\\Scripts\\python.exe\r\n${body}`, from, to, 'win32')).toBe(
      `#!"C:\\e\\b c\\Scripts\\python.exe"\r\n${body}`,
    )
    expect(script(`#!"C:\\e\\b c\\Scripts\\pythonw.exe"\r\n${body}`, to, from, 'win32')).toBe(
      `#!C:\\e\\a\\Scripts\\pythonw.exe\r\n${body}`,
    )
  })

  it('of another place stays as it is, and so does a program', () => {
    for (const text of ['#!/usr/bin/env python3\n', '#!/e/ab/bin/python\n', '#!/bin/sh\necho /e/a-b\n'])
      expect(script(text, '/e/a', '/e/b')).toBeUndefined()
    expect(script('\x7fELF\0#!/e/a/bin/python\n', '/e/a', '/e/b')).toBeUndefined()
  })

  it('has its body looked through, too, whatever its bytes mean', () => {
    const odd = Buffer.concat([Buffer.from('#!/e/é/bin/python\nroot = "/e/é"\n'), Buffer.from([0xff, 0xfe])])
    const fresh = relocatedScript(odd, { from: '/e/é', to: '/e/ü', platform: 'linux' })!
    expect(fresh.subarray(0, -2).toString('utf8')).toBe('#!/e/ü/bin/python\nroot = "/e/ü"\n')
    expect([...fresh.subarray(-2)]).toEqual([0xff, 0xfe])
  })
})

describe('a text', () => {
  const text = (before: string, from: string, to: string, platform: NodeJS.Platform = 'linux') =>
    relocatedText(Buffer.from(before), { from, to, platform })?.toString('utf8')

  it('has every mention of the place replaced, and none of its neighbours', () => {
    expect(text('/e/a\n/e/a/src\n/e/ab\n/e/a b/src\n"/e/a":/e/a:/x', '/e/a', '/e/$& 1')).toBe(
      '/e/$& 1\n/e/$& 1/src\n/e/ab\n/e/a b/src\n"/e/$& 1":/e/$& 1:/x',
    )
    expect(text('nothing', '/e/a', '/e/b')).toBeUndefined()
  })

  it('as an address, and as JSON has it on Windows', () => {
    expect(text('{"url":"file:///e/a%20b/src/x"}', '/e/a b', '/e/é')).toBe('{"url":"file:///e/%C3%A9/src/x"}')
    const json = JSON.stringify({ argv: ['C:\\e\\a\\python.exe', 'c:/e/a/x', 'file:///C:/e/a/y'] })
    expect(JSON.parse(text(json, 'C:\\e\\a', 'D:\\f g', 'win32')!)).toEqual({
      argv: ['D:\\f g\\python.exe', 'D:/f g/x', 'file:///D:/f%20g/y'],
    })
  })
})

it('a RECORD learns of what has changed, and of nothing else', () => {
  const facts = recordFacts(Buffer.from('new'))
  const hash = createHash('sha256').update('new').digest('base64url')
  expect(facts).toBe(`sha256=${hash},3`)
  const record = 'a.py,sha256=x,1\r\n"odd, ""name"".pth",sha256=y,2\r\n../../../bin/tool,sha256=z,3\r\na/RECORD,,\r\n'
  const changed = (file: string) => (file === '../../../bin/tool' || file === 'odd, "name".pth' ? facts : undefined)
  expect(rewrittenRecord(record, changed)).toBe(
    `a.py,sha256=x,1\r\n"odd, ""name"".pth",${facts}\r\n../../../bin/tool,${facts}\r\na/RECORD,,\r\n`,
  )
  expect(rewrittenRecord(record, () => undefined)).toBeUndefined()
  const moved = (file: string) => file.replace('/e/a/', '/e/b/')
  expect(rewrittenRecord('/e/a/bin/x,sha256=q,5\n', () => undefined, moved)).toBe('/e/b/bin/x,sha256=q,5\n')
})

describe('the parts of an environment', () => {
  it.each([
    ['pyvenv.cfg', 'skeleton'],
    ['.beep-environment.json', 'skeleton'],
    ['lib64', 'skeleton'],
    ['bin/python', 'skeleton'],
    ['bin/python3.13t', 'skeleton'],
    ['bin/Activate.ps1', 'skeleton'],
    ['bin/pytest', 'script'],
    ['bin/python-argcomplete', 'script'],
    ['bin/sub/python', 'script'],
    ['lib/python3.12/site-packages/numpy/core.py', 'plain'],
    ['lib/python3.12/site-packages/~umpy/core.py', 'skeleton'],
    ['lib/python3.12/site-packages/x.pth', 'text'],
    ['lib/python3.12/site-packages/__editable___x_finder.py', 'text'],
    ['lib/python3.12/site-packages/x-1.dist-info/direct_url.json', 'text'],
    ['share/jupyter/kernels/python3/kernel.json', 'text'],
    ['include/site/python3.12/x.h', 'plain'],
    ['model.bin', 'text'],
  ])('%s: %s', (file, part) => {
    expect(partOf(file.split('/'), 'linux')).toBe(part)
  })

  it.each([
    ['Scripts/python.exe', 'skeleton'],
    ['Scripts/pythonw.exe', 'skeleton'],
    ['Scripts/pip.exe', 'script'],
    ['Lib/site-packages/numpy/core.py', 'plain'],
    ['bin/tool', 'text'],
  ])('on Windows, %s: %s', (file, part) => {
    expect(partOf(file.split('/'), 'win32')).toBe(part)
  })
})

describe('launchers', () => {
  const text = `# by hand
[console_scripts]
tool = pack.age:main
with-extra = pack:run [fast]
a.b=c : d.e

[gui_scripts]
window = pack:show
[pytest11]
plug = pack.plugin
`
  it('are told by the entry points', () => {
    expect(parseEntryPoints(text.replaceAll('\n', '\r\n'))).toEqual([
      { name: 'tool', spec: 'tool = pack.age:main', isGui: false },
      { name: 'with-extra', spec: 'with-extra = pack:run', isGui: false },
      { name: 'a.b', spec: 'a.b = c:d.e', isGui: false },
      { name: 'window', spec: 'window = pack:show', isGui: true },
    ])
  })

  it('are made anew where a program is there: one without an entry point is a program of its own', () => {
    const files = ['C:\\e\\Scripts\\Tool.exe', 'C:\\e\\Scripts\\window.exe', 'C:\\e\\Scripts\\ruff.exe']
    expect(launchersToRemake(parseEntryPoints(text), files).map(({ name }) => name)).toEqual(['tool', 'window'])
  })
})
