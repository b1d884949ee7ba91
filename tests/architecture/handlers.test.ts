// The type-level half is tests/unit/contract/types.test-d.ts.
import { expect, it } from 'vitest'
import { commandNames } from '../../contract/index.ts'
import { createHandlers } from '../../core/handlers.ts'
import type { Rooms } from '../../core/rooms.ts'

it('every command has a handler, and every handler a command', () => {
  // Making the table asks nothing of the rooms.
  const handlers = createHandlers({} as Rooms)
  expect(Object.keys(handlers).sort()).toEqual([...commandNames].sort())
  for (const handler of Object.values(handlers)) expect(handler).toBeTypeOf('function')
})
