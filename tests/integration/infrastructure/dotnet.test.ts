// Python.NET for real: the profile `dotnet` from the usual index, on .NET itself and on Mono where they can be had.
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { TestContext } from 'vitest'
import { connect } from '../../../client/src/index.ts'
import { fromErrorInfo, isAppError } from '../../../contract/index.ts'
import type { CommandName, CommandParams } from '../../../contract/index.ts'
import { startHost } from '../../../core/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { localPython } from '../../tools/test-python.ts'

const seed = `
import clr
clr.AddReference('Beep.Python.Runtime')
from Beep.Python.RuntimeEngine.Infrastructure import VenvManager
VenvManager(...).EnsureProviderEnvironment('my-provider', None)
`

/** Facades of Debian's Mono that Python.NET needs; they lie beside where Mono looks. */
const monoFacades = ['/usr/lib/mono/4.5/Facades', '/usr/lib/mono/4.8-api/Facades'].find((folder) =>
  existsSync(path.join(folder, 'netstandard.dll')),
)

/** A host whose only environment has the profile, and a server on it. A package of the index brings .NET along. */
async function serverWithDotnet(context: TestContext, kind: 'coreclr' | 'mono') {
  const folder = tempFolder()
  const home = path.join(folder, 'dàta')
  mkdirSync(path.join(folder, 'home'))
  const dotnet = { DOTNET_ROOT: path.join(folder, 'dotnet'), DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' }
  const env = {
    ...process.env,
    HOME: path.join(folder, 'home'),
    PATH: path.dirname(localPython()),
    PYTHONNET_RUNTIME: kind,
    ...(kind === 'coreclr' ? dotnet : { MONO_PATH: monoFacades }),
  }
  const host = await startHost({ home, env })
  onTestFinished(() => host.close())
  const run = async <N extends CommandName>(name: N, params: CommandParams<N>) => {
    const reply = await host.core.dispatch(name, params)
    if ('error' in reply) throw fromErrorInfo(reply.error)
    const ended = await host.core.jobs.ended((reply.ok as unknown as { readonly job: { readonly id: string } }).job.id)
    if (ended.error) throw fromErrorInfo(ended.error)
    return ended.result
  }
  const packages = kind === 'coreclr' ? ['dotnetcore2'] : []
  try {
    await run('environments.create', { name: 'net', profiles: ['dotnet'], packages })
  } catch (error) {
    if (!isAppError(error, 'PACKAGES_FAILED')) throw error
    console.warn(`Python.NET is not tested on ${kind}: ${error.message}`)
    context.skip(`no pythonnet, or no .NET, can be had here: ${error.message}`)
  }
  if (kind === 'coreclr') {
    const library = path.join(home, 'environments', 'net', 'lib')
    const python = readdirSync(library).find((name) => name.startsWith('python')) ?? ''
    symlinkSync(path.join(library, python, 'site-packages', 'dotnetcore2', 'bin'), dotnet.DOTNET_ROOT)
  }
  await run('servers.start', { name: 'net', transport: 'pipe', environment: 'net', infrastructure: 'full' })
  const backend = await connect('net', { home })
  onTestFinished(() => backend.close())
  return { backend, home }
}

for (const kind of ['coreclr', 'mono'] as const) {
  const cannot = process.platform === 'win32' || (kind === 'mono' && monoFacades === undefined)
  if (cannot) console.warn(`Python.NET is not tested on ${kind}: it is not there`)
  test.skipIf(cannot)(`the real clr on ${kind}, and our reference beside it`, async (context) => {
    const { backend, home } = await serverWithDotnet(context, kind)
    expect(await backend.evaluate(seed)).toBe(path.join(home, 'environments', 'my-provider'))
    const real = `
import clr
clr.AddReference('System.Xml')
from System import Environment, String
[String.Format('{0}!', 'x'), hasattr(clr, '_is_ours'), Environment.Version.Major > 2]
`
    expect(await backend.evaluate(real)).toEqual(['x!', false, true])
    const absent =
      "import clr\ntry:\n    clr.AddReference('Nowhere.AtAll')\n    told = None\nexcept Exception as error:\n    told = type(error).__name__\ntold"
    expect(await backend.evaluate(absent)).toBe('FileNotFoundException')
    // Threads of .NET call Python, and what runs can be interrupted, and goes on.
    const threads = `
from System import Action
from System.Threading import Thread, ThreadStart
seen = []
def work():
    seen.append(1)
threads = [Thread(ThreadStart(work)) for _ in range(4)]
for one in threads: one.Start()
for one in threads: one.Join()
len(seen)
`
    expect(await backend.evaluate(threads)).toBe(4)
    const abort = new AbortController()
    const loop = backend.evaluate(
      'from System.Threading import Thread\nwhile True:\n    Thread.Sleep(5)',
      {},
      { signal: abort.signal },
    )
    setTimeout(() => abort.abort(), 300)
    await expect(loop).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(await backend.evaluate('6 * 7')).toBe(42)
    expect(await backend.evaluate(seed)).toBe(path.join(home, 'environments', 'my-provider'))
  })
}
