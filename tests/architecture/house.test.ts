import { describe, expect, it } from 'vitest'
import { sourceFiles, textOf } from './source-files.ts'

const files = sourceFiles()

describe('the house', () => {
  it('has no file of more than 400 lines, and few of more than 250', ({ annotate }) => {
    const code = files.filter((file) => /\.([cm]?[jt]sx?|py|css)$/u.test(file))
    const lengths = code.map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }))
    const long = lengths.filter(({ lines }) => lines > 250)
    for (const { file, lines } of long) void annotate(`${file} has ${lines} lines: more than 250 asks for a reason`)
    expect(long.filter(({ lines }) => lines > 400)).toEqual([])
    expect(long.length).toBeLessThanOrEqual(code.length / 20)
  })

  it('has TypeScript files in kebab-case, and no drawer for everything', () => {
    const typescript = files.filter((file) => /\.tsx?$/u.test(file))
    const odd = typescript.filter(
      (file) => !/^(?:[^/]+\/)*[a-z\d]+(?:-[a-z\d]+)*(?:\.(?:test|test-d|config|d))?\.tsx?$/u.test(file),
    )
    expect(odd).toEqual([])
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|misc|common)(\.|\/)/iu.test(file))).toEqual([])
  })

  // Where packages come from is the user's and the machine's business; a name in a file would end up in a lock file or a command.
  it('names no registry', () => {
    const hosts = [
      ['registry', 'npmjs', 'org'],
      ['registry', 'yarnpkg', 'com'],
      ['pypi', 'org'],
      ['pythonhosted', 'org'],
      ['deb', 'debian', 'org'],
      ['conda', 'anaconda', 'org'],
    ].map((parts) => parts.join('.'))
    const text = files.filter((file) => !/\.(png|ico|icns|zip|gz|whl|woff2?)$/u.test(file))
    const named = text.flatMap((file) => {
      const content = textOf(file).toLowerCase()
      return hosts.filter((host) => content.includes(host)).map((host) => `${file} names ${host}`)
    })
    expect(named).toEqual([])
  })
})
