// `npm run proto`: makes the code that speaks contract/wire/python_service.proto, in Python and in TypeScript.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { localPython } from './test-python.ts'

const root = path.resolve(import.meta.dirname, '../..')
const folder = path.join(root, '.cache', 'proto-python')

// Its code runs on protobuf 6.31.1 and whatever is newer; that of a newer one would not run where Python is 3.9.
const requirements = ['grpcio-tools==1.80.1']

/** Where the generated files belong, from the root of the repository. */
export const generated = {
  python: 'python/src/beep_engine/fronts/rpc/_generated',
  typescript: 'client/src/_generated/python-service.ts',
} as const

/** Makes the files: into their places, or into those of another root. */
export function generateStubs(target: string = root): void {
  const python = protoPython()
  const [pythonFolder, typescript] = [path.join(target, generated.python), path.join(target, generated.typescript)]
  for (const made of [pythonFolder, path.dirname(typescript)]) mkdirSync(made, { recursive: true })
  const script = path.join(root, 'python', 'tools', 'generate_stubs.py')
  const proto = path.join(root, 'contract', 'wire', 'python_service.proto')
  execFileSync(python, ['-I', '-X', 'utf8', script, proto, pythonFolder, typescript], { stdio: 'inherit' })
}

/** A virtual environment of its own: the tools want an older protobuf than the fronts, which take the newest. */
export function protoPython(): string {
  const base = localPython()
  const python =
    process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python')
  const stamp = path.join(folder, 'made-from')
  const wanted = JSON.stringify([base, requirements])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(path.dirname(folder), { recursive: true })
  const run = (...argv: readonly string[]) => execFileSync(base, argv, { stdio: ['ignore', 'ignore', 'inherit'] })
  run('-m', 'venv', '--without-pip', folder)
  run('-m', 'pip', '--python', python, 'install', '--quiet', '--disable-pip-version-check', ...requirements)
  writeFileSync(stamp, wanted)
  return python
}

if (process.argv[1] === import.meta.filename) generateStubs()
