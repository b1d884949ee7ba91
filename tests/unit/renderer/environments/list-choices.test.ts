import { beforeEach, describe, expect, it } from 'vitest'
import { arranged, sortBy, useListChoices } from '../../../../renderer/features/environments/list-choices.ts'
import type { ListChoices } from '../../../../renderer/features/environments/list-choices.ts'
import { environment } from './environment.ts'

const all = [
  environment('env 10', { sizeBytes: 5, python: '3.9.2' }),
  environment('env 2', { sizeBytes: 70, python: '3.12.1', usedBy: ['demo'] }),
  environment('Äpfel', { sizeBytes: 70, python: '3.10.0', requirements: ['numpy', 'Pandas>=2'] }),
  environment('old', { sizeBytes: 1, state: 'broken', usedBy: ['a', 'b'] }),
]
const initial = useListChoices.getState()
const names = (choices: Partial<ListChoices>) => arranged(all, { ...initial, ...choices }).map(({ name }) => name)

beforeEach(() => useListChoices.setState(initial, true))

describe('the list of environments', () => {
  it('is by name, as people count', () => {
    expect(names({})).toEqual(['Äpfel', 'env 2', 'env 10', 'old'])
    expect(names({ isDown: true })).toEqual(['old', 'env 10', 'env 2', 'Äpfel'])
  })

  it('can be by any column; equal ones stay by name', () => {
    expect(names({ sort: 'size', isDown: true })).toEqual(['Äpfel', 'env 2', 'env 10', 'old'])
    expect(names({ sort: 'python' })).toEqual(['env 10', 'Äpfel', 'env 2', 'old'])
    expect(names({ sort: 'state' })[0]).toBe('old')
    expect(names({ sort: 'usedBy', isDown: true })).toEqual(['old', 'env 2', 'Äpfel', 'env 10'])
  })

  it('shows what fits: by name, by package, by Python, by health', () => {
    expect(names({ text: ' ENV ' })).toEqual(['env 2', 'env 10'])
    expect(names({ text: 'pandas' })).toEqual(['Äpfel'])
    expect(names({ text: '3.9' })).toEqual(['env 10'])
    expect(names({ health: 'broken' })).toEqual(['old'])
    expect(names({ health: 'used', text: 'env' })).toEqual(['env 2'])
    expect(names({ text: 'nothing like it' })).toEqual([])
  })

  it('a click on a column sorts, a second one turns it round; what is large comes first', () => {
    const chosen = () => (({ sort, isDown }) => [sort, isDown])(useListChoices.getState())
    sortBy('size')
    expect(chosen()).toEqual(['size', true])
    sortBy('size')
    expect(chosen()).toEqual(['size', false])
    sortBy('python')
    expect(chosen()).toEqual(['python', false])
  })
})
