#!/usr/bin/env node
// Runs the terminal door with a Node that reads TypeScript: this one if it can, else the one that `npm install` put beside
// the code. Plain JavaScript with nothing newer than Node 14 in it, so that an old Node gets a sentence and not a stack trace.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { constants, homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const entry = join(dirname(dirname(fileURLToPath(import.meta.url))), 'cli', 'main.ts')

/** The interpreter of the npm package `node`, wherever npm has put that package; undefined without it. */
function ownNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  try {
    const manifest = nodeModule.createRequire(import.meta.url).resolve('node/package.json')
    const found = join(dirname(manifest), 'bin', file)
    return existsSync(found) ? found : undefined
  } catch {
    return undefined
  }
}

/**
 * Where Node keeps what it has compiled, which halves the time to the first word. In the data root, since that is the user's
 * alone: Node's own default is a folder for temporary files, where others could leave code for us to run.
 */
function compileCache() {
  if (process.env.NODE_COMPILE_CACHE || process.env.NODE_DISABLE_COMPILE_CACHE) return undefined
  const cache = join(process.env.BEEP_HOME || join(homedir(), '.beep-python'), 'cache')
  return existsSync(cache) ? join(cache, 'node') : undefined
}

function runWith(node) {
  // The channel is there to break: a launcher that is killed outright cannot pass on anything, and the host behind it
  // must not live on unseen.
  const child = spawn(node, [entry, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: Object.assign(
      {},
      process.env,
      { BEEP_HOST_LAUNCHER: String(process.pid) },
      cache && { NODE_COMPILE_CACHE: cache },
    ),
  })
  // Windows tells every process of the console by itself, and `kill` would end the child there without a word. Elsewhere a
  // signal may have been sent to this process alone.
  const isWindows = process.platform === 'win32'
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'].concat(isWindows ? ['SIGBREAK'] : [])) {
    process.on(signal, () => isWindows || child.kill(signal))
  }
  child.on('error', (error) => {
    process.stderr.write(`error: Could not run ${node}: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code === null ? 128 + (constants.signals[signal] || 0) : code))
}

const cache = compileCache()
const node = process.features.typescript ? undefined : ownNode()
if (process.features.typescript) {
  if (cache && nodeModule.enableCompileCache) nodeModule.enableCompileCache(cache)
  import(pathToFileURL(entry).href)
} else if (node !== undefined) {
  runWith(node)
} else {
  process.stderr.write(
    `error: beep-host needs Node 22.18 or newer, and this is ${process.versions.node} (${process.execPath})\n` +
      'hint: Run `npm install` in the folder of beep-host, which brings a Node along, or update Node\n',
  )
  process.exit(1)
}
