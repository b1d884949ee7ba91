import { Button, Group, NumberInput, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { settingsSchema } from '../../../contract/index.ts'
import type { Settings, StorageUsage } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import { WorkLine } from '../../ui/work-line.tsx'
import { SettingRow } from './setting-row.tsx'
import { useSetting } from './use-setting.ts'

/** How much is kept, what it takes up, and what of it can go. */
export function StorageSettings({ settings }: { readonly settings: Settings }) {
  const look = useJob('storage.usage')
  const prune = useJob('storage.prune')
  const [usage, setUsage] = useState<StorageUsage>()
  const measure = async () => {
    const found = await look.run({})
    if (found) setUsage(found)
  }
  const free = async () => {
    const pruned = await prune.run({})
    if (!pruned) return
    notifyDone(t('settings.storage.freed', { size: bytes(pruned.freedBytes) }))
    await measure()
  }
  const work = look.isRunning ? look : prune
  const isBusy = look.isRunning || prune.isRunning
  return (
    <Section title={t('settings.storage.title')}>
      <div className="surface">
        <SnapshotsKept settings={settings} />
        <SettingRow label={t('settings.storage.usage')} hint={t('settings.storage.usageHint')}>
          {() => (
            <Group gap="xs">
              <Button variant="default" loading={look.isRunning} disabled={isBusy} onClick={() => void measure()}>
                {t('settings.storage.measure')}
              </Button>
              <Button variant="default" loading={prune.isRunning} disabled={isBusy} onClick={() => void free()}>
                {usage && usage.prunableBytes > 0
                  ? t('settings.storage.pruneSize', { size: bytes(usage.prunableBytes) })
                  : t('settings.storage.prune')}
              </Button>
            </Group>
          )}
        </SettingRow>
        <WorkLine work={work} p="md" />
        {usage && <UsageTable usage={usage} />}
      </div>
      {look.error && <ErrorCard error={look.error} onRetry={() => void measure()} />}
      {prune.error && <ErrorCard error={prune.error} onRetry={() => void free()} />}
    </Section>
  )
}

function UsageTable({ usage }: { readonly usage: StorageUsage }) {
  const { parts, totalBytes, freeBytes } = usage
  const shown = parts.filter((part) => part.bytes > 0)
  return (
    <Stack gap="xs" p="md">
      <table className="table" aria-label={t('settings.storage.usage')}>
        <tbody>
          {shown.map(({ kind, bytes: size, path }) => (
            <tr key={kind}>
              <td className="ellipsis" title={path}>
                {t(`settings.storage.kinds.${kind}`)}
              </td>
              <td className="number">{bytes(size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Text size="sm" c="dimmed">
        {t('settings.storage.total', { total: bytes(totalBytes), free: bytes(freeBytes) })}
      </Text>
    </Stack>
  )
}

function SnapshotsKept({ settings }: { readonly settings: Settings }) {
  const kept = useSetting('snapshotsKept', settings)
  const [typed, setTyped] = useState<number | string>()
  useEffect(() => setTyped(undefined), [kept.value])
  const isBad = typed !== undefined && !settingsSchema.shape.snapshotsKept.safeParse(typed).success
  const commit = () => {
    if (typed === undefined || isBad) return
    setTyped(undefined)
    if (Number(typed) !== kept.value) kept.save(Number(typed))
  }
  return (
    <SettingRow label={t('settings.storage.snapshots')} hint={t('settings.storage.snapshotsHint')} {...kept}>
      {(names) => (
        <NumberInput
          {...names}
          value={typed ?? kept.value}
          onChange={setTyped}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
            if (event.key === 'Escape') setTyped(undefined)
          }}
          error={isBad ? t('settings.storage.snapshotsBad') : undefined}
          allowDecimal={false}
          allowNegative={false}
          maw={160}
        />
      )}
    </SettingRow>
  )
}
