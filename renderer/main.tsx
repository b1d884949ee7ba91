// oxlint-disable-next-line import/no-unassigned-import -- it is there for what it does, and must be the first.
import './no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './app/app.css'
import './app/tables.css'
import './app/content.css'
import './app/rows.css'
import './app/tones.css'
import './app/notices.css'
import { App } from './app/app.tsx'
import { openBridge } from './bridge.ts'
import { startRenderer } from './start.ts'

startRenderer(openBridge())
const root = document.querySelector('#root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
