import { expect } from '../harness/expect.ts'
import type { Locator, Page } from '@playwright/test'

export type ServerState = 'Stopped' | 'Starting' | 'Running' | 'Stopping' | 'Failed' | 'Starts again'

/** The card of one server. */
export interface ServerCard {
  readonly card: Locator
  readonly is: (state: ServerState) => Promise<void>
  /** A button of the card: "Stop", "Restart". */
  readonly button: (action: string) => Locator
  /** Something of the card's menu. */
  readonly choose: (action: string | RegExp) => Promise<void>
}

export interface ServerFields {
  readonly transport: 'HTTP' | 'Pipe'
  readonly name: string
  /** Absent: the one that the dialog offers. */
  readonly environment?: string
  /** A fixed port. */
  readonly port?: number
}

export interface ServersScreen {
  readonly server: (name: string) => ServerCard
  /** The dialog for a new server, or for the description of one. */
  readonly dialog: Locator
  readonly fillIn: (fields: Partial<ServerFields>) => Promise<void>
  /** What the dialog asks of limits, which is closed to begin with. */
  readonly openLimits: () => Promise<void>
  /** Opens the dialog for a new server, fills it in, and starts it. */
  readonly start: (fields: ServerFields) => Promise<void>
}

export function serversScreen(page: Page): ServersScreen {
  const dialog = page.getByRole('dialog')
  const server = (name: string): ServerCard => {
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) })
    return {
      card,
      is: (state) => expect(card.getByText(state, { exact: true })).toBeVisible(),
      button: (action) => card.getByRole('button', { name: `${action} ${name}`, exact: true }),
      async choose(action) {
        await card.getByRole('button', { name: `More for ${name}` }).click()
        await page.getByRole('menuitem', { name: action }).click()
      },
    }
  }
  const fillIn = async ({ transport, name, environment, port }: Partial<ServerFields>) => {
    if (transport !== undefined) await dialog.getByText(transport, { exact: true }).click()
    if (name !== undefined) await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    if (environment !== undefined) {
      await dialog.getByRole('combobox', { name: 'Environment' }).click()
      await page.getByRole('option', { name: environment }).click()
    }
    if (port !== undefined) {
      await dialog.getByText('Fixed', { exact: true }).click()
      await dialog.getByRole('textbox', { name: 'Port number' }).fill(String(port))
    }
  }
  return {
    server,
    dialog,
    fillIn,
    openLimits: () => dialog.getByRole('button', { name: 'Limits' }).click(),
    async start(fields) {
      await page.getByRole('button', { name: 'New server' }).first().click()
      await fillIn(fields)
      await dialog.getByRole('button', { name: 'Start', exact: true }).click()
    },
  }
}
