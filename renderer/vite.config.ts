import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // Relative, so that the same files work over http: and over the desktop's own protocol.
  base: './',
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2023',
    // The policy of the doors allows data: for pictures, and nothing inline for scripts; Vite emits none.
    modulePreload: { polyfill: false },
    // kB. The editor and the charts are chunks of their own; what is left is one page from loopback.
    chunkSizeWarningLimit: 1200,
  },
})
