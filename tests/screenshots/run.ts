// `npm run screenshots [folder]`: every screen with real data, light and dark, in two sizes.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const folder = path.resolve(process.argv[2] ?? path.join(root, '.cache', 'screenshots'))
mkdirSync(folder, { recursive: true })
const { status } = spawnSync('vitest', ['run', '--config', 'tests/screenshots/vitest.config.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, BEEP_TEST_SCREENSHOTS: folder },
  shell: process.platform === 'win32',
})
if (status === 0) console.log(`The pictures are in ${folder}`)
process.exitCode = status ?? 1
