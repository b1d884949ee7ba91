import { expect, test } from 'vitest'
import { inlineAttachments } from '../../../client/src/values/inline-attachments.ts'

test('bytes beside a value are put into it, at any depth', () => {
  const bytes = [new Uint8Array([1, 2]), new Uint8Array([255])]
  const value = [
    { a: { $type: 'bytes', attachment: 1 } },
    { $type: 'bytes', attachment: 0 },
    { attachment: 1 },
    null,
    1,
  ]
  expect(inlineAttachments(value, bytes)).toEqual([
    { a: { $type: 'bytes', base64: '/w==' } },
    { $type: 'bytes', base64: 'AQI=' },
    { attachment: 1 },
    null,
    1,
  ])
  expect(inlineAttachments({ attachment: 0 }, [])).toEqual({ attachment: 0 })
})
