// @vitest-environment happy-dom
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { closeDialog, openDialog, startUi, useUi } from '../../../../renderer/stores/ui.ts'

/** As the browser tells it, and at once. */
function arriveAt(hash: string): void {
  window.location.hash = hash
  window.dispatchEvent(new Event('hashchange'))
}

beforeAll(startUi)
beforeEach(() => {
  closeDialog()
  arriveAt('#/home')
})

it('a dialog that another screen asked for is open on its own screen', () => {
  openDialog('servers', 'create-server', 'demo')
  arriveAt('#/servers')
  expect(useUi.getState()).toMatchObject({
    place: { screen: 'servers' },
    dialog: 'create-server',
    dialogAbout: 'demo',
  })
})

it.each(['diagnostics', 'add-runtime', 'create-environment', 'create-server'] as const)(
  'whoever leaves the screen leaves its dialog %s, and does not meet it when they come back',
  (dialog) => {
    openDialog('home', dialog, 'demo')
    arriveAt('#/home')
    expect(useUi.getState().dialog).toBe(dialog)
    arriveAt('#/servers')
    expect(useUi.getState()).toMatchObject({ dialog: undefined, dialogAbout: undefined })
    arriveAt('#/home')
    expect(useUi.getState().dialog).toBeUndefined()
  },
)
