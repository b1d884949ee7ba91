import type { ReactNode } from 'react'
import { hashOf } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { idOf, showPart } from './part-in-view.ts'
import './settings.css'

/** The parts of the screen, in the order in which they stand, with the texts that they are headed by. */
const parts = [
  ['window', 'settings.look.title'],
  ['python', 'settings.python.title'],
  ['network', 'settings.proxy.title'],
  ['offline', 'settings.offline.title'],
  ['gpu', 'settings.gpu.title'],
  ['storage', 'settings.storage.title'],
  ['places', 'settings.places.title'],
  ['all', 'settings.file.title'],
  ['about', 'settings.about.title'],
  ['stop', 'settings.stop.title'],
] as const

export type PartId = (typeof parts)[number][0]

export function Part({ id, children }: { readonly id: PartId; readonly children: ReactNode }) {
  return (
    <div id={idOf(id)} className="jump parted-part" tabIndex={-1}>
      {children}
    </div>
  )
}

/** Beside the parts, where there is room for it: the ways to each. */
export function PartList({ current }: { readonly current: string | undefined }) {
  return (
    <nav className="part-list" aria-label={t('settings.parts')}>
      {parts.map(([id, title]) => (
        <a
          key={id}
          href={hashOf({ screen: 'settings', item: id })}
          aria-current={id === current ? 'location' : undefined}
          // An address that is there already leads nowhere by itself.
          onClick={() => showPart(id)}
        >
          {t(title)}
        </a>
      ))}
    </nav>
  )
}
