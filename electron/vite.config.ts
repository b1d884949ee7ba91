import { builtinModules } from 'node:module'
import path from 'node:path'
import { defineConfig } from 'vite'

/** What is bundled, each into one file of its own: `vite build electron --mode <name>`. */
const entries: Readonly<Record<string, { readonly source: string; readonly format: 'es' | 'cjs' }>> = {
  main: { source: 'main.ts', format: 'es' },
  // A sandboxed preload is no module.
  preload: { source: 'preload.ts', format: 'cjs' },
  cli: { source: '../cli/main.ts', format: 'es' },
  // Node loads it as the file of a thread.
  'extract-worker': { source: '../core/runtimes/archive/extract-worker.ts', format: 'es' },
}

export default defineConfig(({ mode }) => {
  const entry = entries[mode]
  if (!entry) throw new Error(`There is no bundle ${mode}; there are ${Object.keys(entries).join(', ')}`)
  return {
    // Nothing for browsers is done to it: no polyfills, no environment variables, no public folder.
    publicDir: false,
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: path.resolve(import.meta.dirname, entry.source),
      outDir: '../dist/electron',
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      // Errors from an installed app must be readable.
      sourcemap: mode === 'preload' ? false : 'hidden',
      rolldownOptions: {
        external: ['electron', ...builtinModules, /^node:/u],
        output: {
          format: entry.format,
          codeSplitting: false,
          entryFileNames: `${mode}.${entry.format === 'cjs' ? 'cjs' : 'mjs'}`,
        },
      },
    },
  }
})
