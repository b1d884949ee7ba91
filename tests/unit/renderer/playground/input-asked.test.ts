// @vitest-environment happy-dom
import { createElement } from 'react'
import { beforeEach, expect, it } from 'vitest'
import type { Question } from '../../../../contract/index.ts'
import { InputAsked } from '../../../../renderer/features/playground/input-asked.tsx'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { fakeBridge } from '../fake-bridge.ts'
import { click, isThere, lets, mount } from '../mount.ts'

let host: ReturnType<typeof fakeBridge>

beforeEach(() => {
  host = fakeBridge('open')
  setBridge(host.bridge)
})

const show = (question: Question) => mount(createElement(InputAsked, { execution: 'run', question }))
const field = () => document.querySelector('input')!

it('has the prompt as its name and the focus, and gives what was typed to the run', async () => {
  const unmount = await show({ number: 1, prompt: 'name? ', isPassword: false })
  expect(document.querySelector('label')?.textContent).toBe('name? ')
  expect(document.activeElement).toBe(field())
  expect(field().type).toBe('text')
  await lets(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field(), 'Zoë')
    field().dispatchEvent(new Event('input', { bubbles: true }))
  })
  await click('Answer')
  expect(host.next('servers.answerInput').params).toEqual({ execution: 'run', text: 'Zoë' })
  await unmount()
})

it('shows no password, can say that there is no more, and tells when that did not arrive', async () => {
  const unmount = await show({ number: 1, prompt: '', isPassword: true })
  expect(field().type).toBe('password')
  await click('No more input')
  const asked = host.next('servers.answerInput')
  expect(asked.params).toEqual({ execution: 'run', text: null })
  await lets(() => asked.fail({ code: 'HOST_UNREACHABLE', message: 'The host is away' }))
  expect(isThere('The host is away')).toBe(true)
  await click('No more input')
  expect(host.next('servers.answerInput').params).toEqual({ execution: 'run', text: null })
  await unmount()
})
