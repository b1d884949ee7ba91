import { expect, it } from 'vitest'
import { hashOf, placeOfLink } from '../../../electron/policy/deep-link.ts'
import { screens } from '../../../renderer/app/screens.ts'
import { placeOf } from '../../../renderer/stores/ui.ts'

it('the page understands the places that the desktop app sends it to', () => {
  for (const place of [
    { screen: 'servers', item: 'my démo' },
    { screen: 'home', item: undefined },
  ])
    expect(placeOf(hashOf(place))).toEqual(place)
})

it('every screen can be linked to', () => {
  for (const { id } of screens) expect(placeOfLink(`beep-python://${id}`)).toEqual({ screen: id })
})
