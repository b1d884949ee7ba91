import { cleanNotifications, notificationsStore } from '@mantine/notifications'
import { beforeEach, expect, test } from 'vitest'
import { hideNotice, notifyError, notifyUndo } from '../../../renderer/ui/notify.tsx'

const titles = () => notificationsStore.getState().notifications.map(({ title }) => title)

beforeEach(() => cleanNotifications())

test('a newer notice takes the place of the older one of its name, so that Undo takes back what was done last', () => {
  notifyUndo('settings', 'first', '', () => undefined)
  notifyUndo('other', 'of another', '', () => undefined)
  notifyUndo('settings', 'second', '', () => undefined)
  expect(titles()).toEqual(['of another', 'second'])
  hideNotice('settings')
  expect(titles()).toEqual(['of another'])
  notifyUndo('settings', 'third', '', () => undefined)
  expect(titles()).toEqual(['of another', 'third'])
})

test('a failure is taken away by its name, and those without one stay', () => {
  notifyError({ code: 'SERVER_FAILED', message: 'demo failed' }, undefined, undefined, 'server demo')
  notifyError({ code: 'NETWORK', message: 'nobody answers' })
  hideNotice('server démo')
  hideNotice('server demo')
  hideNotice('server demo')
  expect(titles()).toEqual(['nobody answers'])
})
