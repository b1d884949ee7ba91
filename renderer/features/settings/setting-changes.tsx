import { Table, Text } from '@mantine/core'
import type { SettingDifference, Settings } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { t } from '../../text/index.ts'

/** What each setting is called on its row of the screen. */
const labels: Readonly<Record<keyof Settings, () => string>> = {
  defaultRuntime: () => t('settings.python.default'),
  extraRuntimes: () => t('settings.python.extra'),
  pythonMirror: () => t('settings.network.mirror'),
  installer: () => t('settings.network.installer'),
  gpuBackend: () => t('settings.gpu.backend'),
  offline: () => t('settings.offline.label'),
  proxy: () => t('settings.proxy.label'),
  proxyUrl: () => t('settings.proxy.address'),
  noProxy: () => t('settings.proxy.noProxy'),
  extraCa: () => t('settings.proxy.certificates'),
  packageIndex: () => t('settings.network.index'),
  serverLogBytes: () => t('settings.logs.size'),
  snapshotsKept: () => t('settings.storage.snapshots'),
  snapshotBytes: () => t('settings.file.snapshotBytes'),
  theme: () => t('settings.look.theme'),
  closeBehaviour: () => t('settings.desktop.close'),
  startAtLogin: () => t('settings.desktop.startAtLogin'),
}

/** What would change, setting by setting. */
export function SettingChanges({ changes }: { readonly changes: readonly SettingDifference[] }) {
  return (
    <Table aria-label={t('settings.file.changes')} className="break" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('settings.file.setting')}</Table.Th>
          <Table.Th>{t('settings.file.now')}</Table.Th>
          <Table.Th>{t('settings.file.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ key, from, to }) => (
          <Table.Tr key={key}>
            <Table.Td>{labels[key]()}</Table.Td>
            <Table.Td>
              <Text size="sm" c="dimmed" className="break">
                {valueText(key, from)}
              </Text>
            </Table.Td>
            <Table.Td>{valueText(key, to)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** A value as its row shows it, as far as it is more than a word. */
export function valueText(key: keyof Settings, value: unknown): string {
  if (key === 'serverLogBytes' || key === 'snapshotBytes') return bytes(Number(value))
  if (typeof value === 'boolean') return value ? t('settings.file.on') : t('settings.file.off')
  if (value === null || (Array.isArray(value) && value.length === 0)) return t('settings.file.none')
  return Array.isArray(value) ? value.join(', ') : String(value)
}
