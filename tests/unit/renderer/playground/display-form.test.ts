import { describe, expect, test } from 'vitest'
import { displayForm, frameDocument, frameHeight } from '../../../../renderer/features/playground/display-form.ts'

describe('the form that is shown', () => {
  test('a picture before HTML, HTML before text', () => {
    const data = { 'text/plain': 'plain', 'text/html': '<b>x</b>', 'image/png': 'iVBO\nRw0K' }
    expect(displayForm(data)).toEqual({
      kind: 'image',
      type: 'image/png',
      address: 'data:image/png;base64,iVBORw0K',
      text: 'plain',
    })
    expect(displayForm({ 'text/plain': 'plain', 'text/html': '<b>x</b>' })).toEqual({
      kind: 'html',
      html: '<b>x</b>',
      text: 'plain',
    })
    expect(displayForm({ 'text/plain': 'plain', 'application/x-script': 'y' })).toEqual({ kind: 'text', text: 'plain' })
  })

  test('a drawing may come as text, and never stands in the page itself', () => {
    const svg = '<svg onload="x()"/>'
    expect(displayForm({ 'text/plain': '', 'image/svg+xml': svg })).toMatchObject({
      kind: 'image',
      address: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`,
    })
  })

  test('HTML beyond all bounds is shown as text', () => {
    expect(displayForm({ 'text/plain': 'big', 'text/html': 'x'.repeat(2_000_001) }).kind).toBe('text')
  })
})

test('the page of a frame may load nothing, and says so before anything else', () => {
  const page = frameDocument('<img src="https://example.invalid/">', {
    scheme: 'dark',
    text: '#fff',
    background: '#000',
    line: '#333',
  })
  expect(page).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'; [^"]*">.*<body><img/su)
  expect(page).not.toContain('script-src')
  expect(page).toContain('color-scheme: dark')
})

test('a frame is as high as its table, within bounds', () => {
  expect(frameHeight('<table><tr></tr><TR class="x"></TR></table>')).toBe(92)
  expect(frameHeight('<tr>'.repeat(500))).toBe(420)
  expect(frameHeight('<p>words</p>')).toBe(220)
})
