import { existsSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'
import { openBrowserDoor } from './door.ts'
import type { BrowserDoor, BrowserDoorOptions } from './door.ts'

/** The browser door of a host, which stays shut until somebody asks for it. */
export interface BrowserEntrance {
  /** A fresh address. The first call opens the door; a later one with another fixed port is a conflict. */
  readonly address: (port: number) => Promise<{ readonly url: string }>
  /** A page is open, or somebody has just been given the address of one. */
  readonly isInUse: () => boolean
  readonly close: () => Promise<void>
}

export function createBrowserEntrance(options: Omit<BrowserDoorOptions, 'port'>): BrowserEntrance {
  let opening: Promise<BrowserDoor> | undefined
  let opened: BrowserDoor | undefined

  const open = async (port: number): Promise<BrowserDoor> => {
    if (!existsSync(path.join(options.pages, 'index.html'))) {
      throw new AppError('UNSUPPORTED', 'The pages of the browser window are not built', {
        hint: 'Run `npm run build` in the folder of the product.',
        details: { path: options.pages },
      })
    }
    opened = await openBrowserDoor({ ...options, port })
    return opened
  }

  return {
    async address(port) {
      opening ??= open(port)
      const door = await opening.catch((error: unknown) => {
        opening = undefined
        throw error
      })
      if (port !== 0 && port !== door.port) {
        throw new AppError('ALREADY_RUNNING', `The browser door is already open on port ${door.port}`, {
          hint: 'Leave the port out to get its address.',
          details: { port: door.port },
        })
      }
      return { url: door.address() }
    },
    isInUse: () => opened?.isInUse() ?? false,
    close: async () => {
      await opening?.catch(() => {})
      await opened?.close()
    },
  }
}
