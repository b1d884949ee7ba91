import { Alert, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { PackageChange } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { isOlder } from './change-kinds.ts'
import type { SortedChanges } from './change-kinds.ts'

/** What a change of packages would do, the worst first. */
export function ChangeList({ changes }: { readonly changes: SortedChanges }) {
  const { added, updated, removed, breaking } = changes
  return (
    <Stack gap="sm">
      {breaking.length > 0 && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('environments.change.breaks')}>
          {breaking.map(({ name, neededBy = [] }) => (
            <Text key={name} size="sm" className="break">
              {t('environments.change.neededBy', { name, list: neededBy.join(', ') })}
            </Text>
          ))}
        </Alert>
      )}
      <Part title={t('environments.change.removed', { count: removed.length })} changes={removed} />
      <Part title={t('environments.change.updated', { count: updated.length })} changes={updated} />
      <Part title={t('environments.change.added', { count: added.length })} changes={added} />
    </Stack>
  )
}

interface PartProps {
  readonly title: string
  readonly changes: readonly PackageChange[]
}

function Part({ title, changes }: PartProps) {
  if (changes.length === 0) return null
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      <div
        className="surface"
        style={{ maxHeight: 220, overflow: 'auto' }}
        tabIndex={0}
        role="group"
        aria-label={title}
      >
        <table className="table" aria-label={title}>
          <tbody>
            {changes.map((change) => (
              <tr key={change.name}>
                <td className="ellipsis" title={change.name}>
                  {change.name}
                </td>
                <td className="number">
                  {change.from !== null && change.to !== null
                    ? t('environments.change.fromTo', { from: change.from, to: change.to })
                    : (change.to ?? change.from)}
                  {isOlder(change) && <span className="tone-warning"> · {t('environments.change.older')}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
