import type { StorageUsage } from '../../contract/index.ts'
import { table } from '../text/table.ts'
import { bytes } from '../text/units.ts'

export function storageTable({ parts, totalBytes, freeBytes, prunableBytes }: StorageUsage): string {
  const rows = table(parts, [
    { title: 'what', cell: ({ kind }) => kind },
    { title: 'size', cell: (part) => bytes(part.bytes), align: 'right' },
    { title: 'where', cell: ({ path }) => path },
  ])
  const prune = prunableBytes > 0 ? `; \`beep-host cache prune\` frees ${bytes(prunableBytes)}` : ''
  return `${rows}\n${bytes(totalBytes)} in all, ${bytes(freeBytes)} free${prune}`
}
