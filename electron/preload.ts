import { contextBridge, ipcRenderer } from 'electron'
import { createBridge } from './bridge.ts'

// Runs in the sandbox, before the page, in a world of its own. Bundled into one file: a sandboxed preload can load no other.
contextBridge.exposeInMainWorld('beep', createBridge(ipcRenderer))
