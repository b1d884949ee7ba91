import { Stack, Table, Text } from '@mantine/core'
import type { SettingDifference } from '../../../contract/index.ts'
import { useRuntimes } from '../../stores/runtimes.ts'
import { t } from '../../text/index.ts'
import { leavesPasswords, settingLabels, valueText } from './setting-words.ts'

/** What would change, setting by setting. */
export function SettingChanges({ changes }: { readonly changes: readonly SettingDifference[] }) {
  const runtimes = useRuntimes((state) => state.runtimes)
  return (
    <Stack gap="sm">
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
              <Table.Td>{settingLabels[key]()}</Table.Td>
              <Table.Td>
                <Text size="sm" c="dimmed" className="break">
                  {valueText(key, from, runtimes)}
                </Text>
              </Table.Td>
              <Table.Td>{valueText(key, to, runtimes)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {leavesPasswords(changes) && <Text size="sm">{t('settings.file.passwords')}</Text>}
    </Stack>
  )
}
