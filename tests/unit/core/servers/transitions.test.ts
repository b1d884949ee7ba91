import { expect, test } from 'vitest'
import { serverStates } from '../../../../contract/index.ts'
import { isLive, transition } from '../../../../core/servers/transitions.ts'
import type { ServerHappening } from '../../../../core/servers/transitions.ts'

const happenings: readonly ServerHappening[] = ['start', 'ready', 'stop', 'stopped', 'fail']

test('a server moves only along these ways', () => {
  const ways = serverStates.flatMap((from) =>
    happenings.flatMap((happening) => {
      const to = transition(from, happening)
      return to === undefined ? [] : [`${from} --${happening}--> ${to}`]
    }),
  )
  expect(ways).toEqual([
    'stopped --start--> starting',
    'starting --ready--> running',
    'starting --stop--> stopping',
    'starting --fail--> failed',
    'running --stop--> stopping',
    'running --fail--> failed',
    'stopping --stopped--> stopped',
    'stopping --fail--> failed',
    'failed --start--> starting',
    'failed --stop--> stopped',
    'failed --fail--> failed',
  ])
})

test('something is there while it starts, runs and stops', () => {
  expect(serverStates.filter(isLive)).toEqual(['starting', 'running', 'stopping'])
})
