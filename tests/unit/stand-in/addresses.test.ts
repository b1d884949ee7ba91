import { expect, it } from 'vitest'
import { toMain, toPage } from '../../stand-in/browser/addresses.ts'
import { createInbox } from '../../stand-in/browser/inbox.ts'

it.each([
  ['app://beep/index.html#/servers/d%C3%A9mo', 'https://beep.app.stand-in.invalid/index.html#/servers/d%C3%A9mo'],
  ['app://beep', 'https://beep.app.stand-in.invalid'],
])('%s is loaded as %s, and back', (main, page) => {
  expect(toPage(main)).toBe(page)
  expect(toMain(page)).toBe(main)
})

it.each(['https://example.com/x', 'http://127.0.0.1:80/', 'about:blank', 'data:text/html,x', 'blob:https://x/1'])(
  '%s stays what it is',
  (address) => {
    expect(toPage(address)).toBe(address)
    expect(toMain(address)).toBe(address)
  },
)

it('a page gets what was sent while it listened, in order; a new document gets nothing of the old one', async () => {
  const inbox = createInbox()
  const sent = (channel: string) => ({ channel, args: [] })
  inbox.put(sent('lost'))
  inbox.begin()
  const first = inbox.next()
  inbox.put(sent('a'))
  inbox.put(sent('b'))
  expect(await first).toEqual([sent('a')])
  expect(await inbox.next()).toEqual([sent('b')])
  inbox.put(sent('old'))
  inbox.begin()
  const next = inbox.next()
  inbox.put(sent('new'))
  expect(await next).toEqual([sent('new')])
})
