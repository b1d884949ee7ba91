import { defineConfig } from 'vitest/config'

/** Real processes, sockets and interpreters, on a machine that may be small: more at once would only make them wait for each other. */
const maxWorkers = 2

const common = {
  pool: 'forks' as const,
  maxWorkers,
  setupFiles: ['tests/setup.ts'],
  // Milliseconds. A deadline for what hangs, not a measure: a start of Python on a busy machine takes seconds.
  testTimeout: 30_000,
  hookTimeout: 60_000,
}

export default defineConfig({
  test: {
    globalSetup: ['tests/global-setup.ts'],
    exclude: ['**/node_modules/**', 'tests/fixtures/**'],
    maxWorkers,
    // One after the other, so that the quick tests speak first and the heavy ones have the machine to themselves.
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['tests/unit/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'integration',
          include: ['tests/**/*.test.ts'],
          exclude: [
            'tests/unit/**',
            'tests/architecture/**',
            'tests/e2e/**',
            'tests/screenshots/**',
            'tests/fixtures/**',
            '**/node_modules/**',
          ],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
