import { Group, Progress as Bar, Text } from '@mantine/core'
import type { Progress } from '../../contract/index.ts'
import { bytes } from '../lib/format.ts'
import { t } from '../text/index.ts'

/** A job's progress: what is being done, how far, and the true bytes where bytes move. */
export function ProgressLine({ progress }: { readonly progress: Progress }) {
  const { fraction, title, detail, bytesDone, bytesTotal } = progress
  const moved =
    bytesDone === undefined
      ? undefined
      : bytesTotal === undefined
        ? bytes(bytesDone)
        : t('shell.bytesOf', { done: bytes(bytesDone), total: bytes(bytesTotal) })
  const percent = fraction === null ? undefined : Math.round(fraction * 100)
  return (
    <div>
      <Group justify="space-between" gap="sm" wrap="nowrap" mb={4}>
        <Text size="xs" className="ellipsis" title={detail}>
          {detail === undefined ? title : `${title} · ${detail}`}
        </Text>
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
          {[moved, percent === undefined ? undefined : `${percent} %`].filter((part) => part !== undefined).join(' · ')}
        </Text>
      </Group>
      <Bar.Root size="sm">
        <Bar.Section
          value={percent ?? 100}
          animated={percent === undefined}
          striped={percent === undefined}
          aria-label={t('shell.progressOf', { title })}
          {...(percent === undefined ? { 'aria-valuenow': undefined } : {})}
        />
      </Bar.Root>
    </div>
  )
}
