// @vitest-environment happy-dom
import { act, createElement } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useGrowing } from '../../../renderer/ui/use-growing.ts'
import { mount } from './mount.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const seen: number[] = []
function List({ count }: { readonly count: number }) {
  seen.push(useGrowing(count))
  return null
}

it('draws a screenful at once, and the rest task by task', async () => {
  const unmount = await mount(createElement(List, { count: 20 }))
  for (let task = 0; task < 5; task += 1) await act(async () => vi.advanceTimersByTime(1))
  expect([...new Set(seen)]).toEqual([8, 14, 20])
  await unmount()
  seen.length = 0
  const again = await mount(createElement(List, { count: 3 }))
  await act(async () => vi.advanceTimersByTime(10))
  expect([...new Set(seen)]).toEqual([3])
  await again()
})
