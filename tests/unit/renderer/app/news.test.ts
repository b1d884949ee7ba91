// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { tellNews } from '../../../../renderer/app/news.ts'
import { applySnapshot } from '../../../../renderer/stores/apply.ts'
import { chooseNotices, noticeStateOf, startNotices, useNotices } from '../../../../renderer/stores/notices.ts'
import { snapshot } from '../fake-bridge.ts'

interface Shown {
  readonly title: string
  readonly tag: string | undefined
  readonly click: () => void
}
const shown: Shown[] = []
let answer: NotificationPermission = 'granted'

class FakeNotification {
  static permission: NotificationPermission = 'default'
  static requestPermission = () => {
    FakeNotification.permission = answer
    return Promise.resolve(answer)
  }
  private readonly listeners: (() => void)[] = []
  constructor(title: string, options: NotificationOptions) {
    shown.push({ title, tag: options.tag, click: () => this.listeners.forEach((listener) => listener()) })
  }
  addEventListener(_event: 'click', listener: () => void) {
    this.listeners.push(listener)
  }
  close() {}
}

const news = {
  id: 'j',
  title: 'Failed: Install packages',
  message: 'no',
  place: { screen: 'activity', item: 'j' },
  isShown: true,
}
const look = (state: DocumentVisibilityState) => vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)

beforeEach(() => {
  vi.stubGlobal('Notification', FakeNotification)
  FakeNotification.permission = 'default'
  answer = 'granted'
  shown.length = 0
  window.localStorage.clear()
  applySnapshot(snapshot(0))
  startNotices()
  look('hidden')
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('the system tells', () => {
  it('nothing before the user has asked for it', () => {
    tellNews(news)
    expect(shown).toEqual([])
  })

  it('what happens while the window is hidden, once for all windows; a click goes there', async () => {
    await chooseNotices(true)
    tellNews(news)
    expect(shown).toMatchObject([{ title: 'Failed: Install packages', tag: 'j' }])
    shown[0]!.click()
    expect(window.location.hash).toBe('#/activity/j')
    look('visible')
    tellNews(news)
    expect(shown).toHaveLength(1)
  })

  it('what the user chose, after a reload, too', async () => {
    await chooseNotices(true)
    useNotices.setState({ isWanted: false })
    startNotices()
    tellNews(news)
    expect(shown).toHaveLength(1)
    await chooseNotices(false)
    startNotices()
    tellNews(news)
    expect(shown).toHaveLength(1)
  })

  it('nothing where the browser refuses, and the settings know why', async () => {
    answer = 'denied'
    await chooseNotices(true)
    expect(noticeStateOf(useNotices.getState(), { desktop: null })).toBe('denied')
    tellNews(news)
    expect(shown).toEqual([])
  })

  it('nothing from the page of the desktop app, which does it by itself', async () => {
    await chooseNotices(true)
    applySnapshot(snapshot(0, { host: { ...snapshot(0).host, desktop: { electron: '45', chrome: '146' } } }))
    tellNews(news)
    expect(shown).toEqual([])
    expect(noticeStateOf(useNotices.getState(), { desktop: { electron: '45', chrome: '146' } })).toBe('desktop')
  })

  it('nothing where there are no notifications at all', () => {
    vi.unstubAllGlobals()
    delete (window as { Notification?: unknown }).Notification
    startNotices()
    expect(noticeStateOf(useNotices.getState(), { desktop: null })).toBe('unsupported')
  })
})
