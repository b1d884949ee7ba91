import path from 'node:path'
import { defineConfig } from 'vitest/config'

/** Pictures of every screen: made with what the tests in a window are made of, and no test of anything themselves. */
export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '../..'),
    include: ['tests/screenshots/every-screen.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    setupFiles: ['tests/setup.ts'],
    globalSetup: ['tests/global-setup.ts', 'tests/e2e/global-setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
  },
})
