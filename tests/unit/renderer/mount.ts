import { MantineProvider } from '@mantine/core'
import { act, createElement } from 'react'
import type { ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import { settled } from './fake-bridge.ts'

/** Shows a piece of the window in a page of happy-dom (the test file asks for it), without the library's transitions. */
export async function mount(element: ReactElement): Promise<() => Promise<void>> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  await act(async () => {
    root.render(createElement(MantineProvider, { env: 'test' }, element))
    await settled()
  })
  return async () => {
    await act(async () => root.unmount())
    document.body.replaceChildren()
  }
}

/** The control of that name and role; fails with the names that are there. */
export function control(role: string, name: string): HTMLElement {
  const found = Array.from(document.querySelectorAll<HTMLElement>(`${role}, [role="${role}"]`))
  const one = found.find((element) => nameOf(element) === name)
  if (one === undefined) throw new Error(`no ${role} “${name}”; there are: ${found.map(nameOf).join(' | ')}`)
  return one
}

export function isThere(text: string): boolean {
  return document.body.textContent.includes(text)
}

export async function click(name: string, role = 'button'): Promise<void> {
  await act(async () => {
    control(role, name).click()
    await settled()
  })
}

/** Lets the test answer or emit, and the page take it in. */
export async function lets(work: () => unknown): Promise<void> {
  await act(async () => {
    await work()
    await settled()
  })
}

function nameOf(element: HTMLElement): string {
  return element.getAttribute('aria-label') ?? element.textContent.trim()
}
