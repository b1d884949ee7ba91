#!/usr/bin/env node
// Runs the terminal door with a Node that reads TypeScript: this one if it can, else the one that `npm install` put beside
// the code. Plain JavaScript with nothing newer than Node 14 in it, so that an old Node gets a sentence and not a stack trace.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const entry = join(dirname(dirname(fileURLToPath(import.meta.url))), 'cli', 'main.ts')

/** The interpreter of the npm package `node`, wherever npm has put that package; undefined without it. */
function ownNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json')
    const found = join(dirname(manifest), 'bin', file)
    return existsSync(found) ? found : undefined
  } catch {
    return undefined
  }
}

function runWith(node) {
  // The channel is there to break: a launcher that is killed outright cannot pass on anything, and the host behind it
  // must not live on unseen.
  const child = spawn(node, [entry, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: Object.assign({}, process.env, { BEEP_HOST_LAUNCHER: String(process.pid) }),
  })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'].concat(process.platform === 'win32' ? ['SIGBREAK'] : [])
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`error: Could not run ${node}: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code === null ? 128 + (constants.signals[signal] || 0) : code))
}

const node = process.features.typescript ? undefined : ownNode()
if (process.features.typescript) {
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
