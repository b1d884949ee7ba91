// Builds docs/examples/go, with code made of the .proto as it is now. Lives in `.cache`; Go itself remembers what it has compiled.
import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { protoPython } from './generate-stubs.ts'

const root = path.resolve(import.meta.dirname, '../..')
const folder = path.join(root, '.cache', 'go-example')
const sources = path.join(folder, 'sources')
// Kept: what has not changed is not linked again.
const bin = path.join(folder, 'bin')
const suffix = process.platform === 'win32' ? '.exe' : ''
// Milliseconds, for what hangs. On a new machine gRPC is compiled once, which takes a minute or two.
const downloadDeadlineMs = 2 * 60_000
const buildDeadlineMs = 6 * 60_000

const plugins = {
  'protoc-gen-go': 'google.golang.org/protobuf/cmd/protoc-gen-go',
  'protoc-gen-go-grpc': 'google.golang.org/grpc/cmd/protoc-gen-go-grpc',
} as const

/** Programs that were built; or why they cannot be built on this machine. */
export type GoExample = { readonly example: string; readonly conformance: string } | { readonly missing: string }

/** @throws when there is Go and its modules, and the example is wrong. */
export async function buildGoExample(): Promise<GoExample> {
  const go = findGo()
  if (go === undefined) return { missing: 'there is no `go` on the PATH' }
  const env = { ...process.env, CGO_ENABLED: '0' }
  const run = (timeout: number, ...argv: readonly string[]) =>
    promisify(execFile)(go, argv, { cwd: sources, timeout, env })
  rmSync(sources, { recursive: true, force: true })
  cpSync(path.join(root, 'docs', 'examples', 'go'), sources, { recursive: true })
  try {
    await run(downloadDeadlineMs, 'mod', 'download')
  } catch (error) {
    return { missing: `its modules cannot be had, or want a newer Go: ${(error as Error).message}` }
  }
  await run(buildDeadlineMs, 'build', '-o', `${bin}${path.sep}`, ...Object.values(plugins))
  makeStubs()
  await run(buildDeadlineMs, 'build', '-o', `${bin}${path.sep}`, '.', './conformance')
  return {
    example: path.join(bin, `beep-example${suffix}`),
    conformance: path.join(bin, `conformance${suffix}`),
  }
}

/** What its README tells to do with protoc. */
function makeStubs(): void {
  const stubs = path.join(sources, 'runtime')
  mkdirSync(stubs, { recursive: true })
  const ours = Object.keys(plugins).map((name) => `--plugin=${name}=${path.join(bin, name)}${suffix}`)
  const outputs = ['go', 'go-grpc'].flatMap((of) => [`--${of}_out=${stubs}`, `--${of}_opt=paths=source_relative`])
  const proto = ['-I', path.join(root, 'contract', 'wire'), 'python_service.proto']
  execFileSync(protoPython(), ['-I', '-m', 'grpc_tools.protoc', ...ours, ...outputs, ...proto], { stdio: 'inherit' })
}

function findGo(): string | undefined {
  return ['go', '/usr/local/go/bin/go'].find((candidate) => {
    try {
      execFileSync(candidate, ['version'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}
