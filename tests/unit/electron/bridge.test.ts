import { expect, it, vi } from 'vitest'
import { createBridge } from '../../../electron/bridge.ts'

it('has two functions, two channels, and no other way', async () => {
  const ipc = { invoke: vi.fn(() => Promise.resolve({ ok: 1 })), on: vi.fn(), off: vi.fn() }
  const bridge = createBridge(ipc as never)
  expect(Object.keys(bridge)).toEqual(['invoke', 'on'])
  expect(await bridge.invoke('host.info', {})).toEqual({ ok: 1 })
  expect(ipc.invoke).toHaveBeenCalledWith('beep:invoke', 'host.info', {})

  const heard: unknown[] = []
  const stop = bridge.on('events', (events) => heard.push(events))
  const [channel, tell] = ipc.on.mock.calls[0] as [string, (event: object, events: unknown[]) => void]
  expect(channel).toBe('beep:events')
  // The event of Electron has the sender in it, and does not reach the page.
  tell({ sender: 'secret' }, [{ name: 'host.closing' }])
  expect(heard).toEqual([[{ name: 'host.closing' }]])
  stop()
  expect(ipc.off).toHaveBeenCalledWith('beep:events', tell)
  expect(() => bridge.on('logs' as never, () => {})).toThrow('There are no logs')
})
