import { mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Runtime } from '../../../../contract/index.ts'
import { createDesktop } from '../../../../core/desktop/index.ts'
import type { DesktopShell } from '../../../../core/desktop/index.ts'
import { layoutOf } from '../../../../core/platform/index.ts'
import { failureOf } from '../../../tools/failure-of.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

let folder: string
let home: string
let runtimes: Runtime[]
let asked: unknown[]

beforeEach(async () => {
  folder = tempFolder()
  home = path.join(folder, 'data')
  await mkdir(path.join(home, 'logs', 'demo'), { recursive: true })
  runtimes = []
  asked = []
})

const shell: DesktopShell = {
  versions: { electron: '1.2.3', chrome: '4.5.6' },
  pickPath: async (params) => {
    asked.push(params)
    return { path: null }
  },
  reveal: async (params) => {
    asked.push(params)
    return params
  },
}
const desktop = () => createDesktop({ shell, layout: layoutOf(home), runtimes: { list: async () => runtimes } })

/** A Python outside of the data root. */
async function python(): Promise<string> {
  const executable = path.join(folder, 'elsewhere', 'bin', 'python3')
  await mkdir(path.dirname(executable), { recursive: true })
  await writeFile(executable, '')
  runtimes = [{ executable, probe: { prefix: path.join(folder, 'elsewhere') } } as Runtime]
  return executable
}

describe('without a desktop', () => {
  it('says what to do instead', async () => {
    const none = createDesktop({ shell: undefined, layout: layoutOf(home), runtimes: { list: async () => [] } })
    const pick = await failureOf(none.pickPath({ kind: 'file', title: 'x', extensions: [] }))
    expect(pick).toMatchObject({ code: 'UNSUPPORTED', hint: expect.stringContaining('path') })
    const reveal = await failureOf(none.reveal({ path: home }))
    expect(reveal).toMatchObject({ code: 'UNSUPPORTED', hint: expect.stringContaining(home) })
  })
})

describe('with a desktop', () => {
  it('hands the question on as it was checked', async () => {
    const params = { kind: 'folder' as const, title: 'Data root', extensions: [] }
    expect(await desktop().pickPath(params)).toEqual({ path: null })
    expect(asked).toEqual([params])
  })

  it.each(['', 'logs', path.join('logs', 'demo'), path.join('logs', '..', 'logs', 'demo')])(
    'shows the data root and what is in it: %j',
    async (inside) => {
      const whole = path.join(home, inside)
      expect(await desktop().reveal({ path: `${home}${path.sep}${inside}` })).toEqual({ path: path.resolve(whole) })
    },
  )

  it('shows a data root that is a link, and what is in it', async () => {
    const link = path.join(folder, 'link')
    await symlink(home, link, 'junction')
    home = link
    for (const inside of [link, path.join(link, 'logs')])
      expect(await desktop().reveal({ path: inside })).toEqual({ path: inside })
  })

  it('shows a link in the data root as what it is, wherever it leads', async () => {
    const link = path.join(home, 'logs', 'python')
    await symlink(await python(), link)
    runtimes = []
    expect(await desktop().reveal({ path: link })).toEqual({ path: link })
  })

  it('shows a known Python, its folder and its prefix', async () => {
    const executable = await python()
    for (const place of [executable, path.dirname(executable), path.dirname(path.dirname(executable))])
      expect(await desktop().reveal({ path: place })).toEqual({ path: place })
  })

  it.each<[string, () => string | Promise<string>, string]>([
    ['a path with nothing before it', () => 'logs', 'INVALID_PARAMS'],
    ['a null byte', () => `${home}/logs\0`, 'INVALID_PARAMS'],
    ['a folder beside the data root', () => folder, 'INVALID_PARAMS'],
    ['a name that only begins like it', () => `${home}2`, 'INVALID_PARAMS'],
    ['a way out of it', () => path.join(home, 'logs') + '/../..', 'INVALID_PARAMS'],
    ['what lies in the prefix of a Python', async () => path.join(await python(), '..', '..', 'lib'), 'INVALID_PARAMS'],
    ['what is not there', () => path.join(home, 'logs', 'gone'), 'NOT_FOUND'],
    [
      'what a link on the way leads to',
      async () => {
        await symlink(folder, path.join(home, 'out'), 'junction')
        return path.join(home, 'out', 'data')
      },
      'INVALID_PARAMS',
    ],
  ])('refuses %s', async (_what, wanted, code) => {
    const at = await wanted()
    expect(await failureOf(desktop().reveal({ path: at }))).toMatchObject({ code })
    expect(asked).toEqual([])
  })
})
