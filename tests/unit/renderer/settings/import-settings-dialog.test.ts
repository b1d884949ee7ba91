// @vitest-environment happy-dom
import { createElement } from 'react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ImportSettingsDialog } from '../../../../renderer/features/settings/import-settings-dialog.tsx'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { fakeBridge, snapshot } from '../fake-bridge.ts'
import { click, control, isThere, lets, mount } from '../mount.ts'

let host: ReturnType<typeof fakeBridge>
let unmount = () => Promise.resolve()

// The page of the tests has no fonts that could still be loading: the growing field asks.
Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() })

beforeEach(async () => {
  host = fakeBridge('open')
  setBridge(host.bridge)
  const before = snapshot(0).settings
  unmount = await mount(createElement(ImportSettingsDialog, { isOpen: true, before, onClose: () => undefined }))
})
afterEach(() => unmount())

const type = (text: string) =>
  lets(() => {
    const field = document.querySelector<HTMLTextAreaElement>('textarea[data-autofocus]')!
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
const choose = (...files: readonly File[]) =>
  lets(() => {
    const input = document.querySelector<HTMLInputElement>('input[type="file"]')!
    Object.defineProperty(input, 'files', { configurable: true, value: files })
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })
const themes = (to: string) => ({ changes: [{ key: 'theme', from: 'system', to }], unknown: [] })

it('an answer about a text that is not there any more is none: what is taken is what was looked at', async () => {
  await type('{"theme":"dark"}')
  await click('Show what would change')
  const older = host.next('settings.preview')
  await type('{"theme":"light"}')
  await lets(() => older.ok(themes('dark')))
  expect(isThere('Dark')).toBe(false)
  await click('Show what would change')
  const asked = host.next('settings.preview')
  expect(asked.params).toEqual({ text: '{"theme":"light"}' })
  await lets(() => asked.ok(themes('light')))
  expect(isThere('Light')).toBe(true)
  expect(control('button', 'Import')).toBeDefined()
})

it('the file that was chosen last is looked at; one that cannot be read says so', async () => {
  await choose(new File(['{"theme":"dark"}'], 'mine.json'))
  await lets(() => host.next('settings.preview').ok(themes('dark')))
  expect(isThere('Dark')).toBe(true)
  const gone = new File([], 'gone.json')
  gone.text = () => Promise.reject(new DOMException('The file is not there', 'NotFoundError'))
  await choose(gone)
  expect(isThere('“gone.json” could not be read')).toBe(true)
  // What is there is as it was.
  expect(control('button', 'Import')).toBeDefined()
})
