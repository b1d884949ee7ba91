import { Button, Group, Text } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import type { NetworkTestRow } from '../../../contract/index.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { Prose } from '../../ui/prose.tsx'
import { StateMark } from '../../ui/state-mark.tsx'

/** Of the whole table: the addresses need most of it. */
const widths = { outcome: '16%', host: '32%', time: '12%', through: '24%', issuer: '16%' } as const
const tones = { ok: 'ok', failed: 'problem', skipped: 'quiet' } as const

/** Asks every host that would be asked, and shows how each of them answered. */
export function NetworkTest() {
  const work = useJob('network.test')
  const [rows, setRows] = useState<readonly NetworkTestRow[]>()
  const start = async () => {
    const found = await work.run({})
    if (found && work.isHere()) setRows(found)
  }
  return (
    <div className="row setting">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text size="sm" fw={550}>
            {t('settings.proxy.test')}
          </Text>
          <Text size="xs" c="dimmed">
            {t('settings.proxy.testHint')}
          </Text>
        </div>
        <Button
          variant="default"
          style={{ flexShrink: 0 }}
          leftSection={<IconPlugConnected size={16} aria-hidden />}
          onClick={() => (work.isRunning ? work.cancel() : void start())}
        >
          {work.isRunning ? t('shell.cancel') : t('settings.proxy.testAction')}
        </Button>
      </Group>
      {work.isRunning && work.job && <ProgressLine progress={work.job.progress} />}
      {work.error && <ErrorCard error={work.error} />}
      {rows && !work.isRunning && <TestTable rows={rows} />}
    </div>
  )
}

function TestTable({ rows }: { readonly rows: readonly NetworkTestRow[] }) {
  if (rows.length === 0) return <Text size="sm">{t('settings.proxy.nobody')}</Text>
  const columns = ['outcome', 'host', 'time', 'through', 'issuer'] as const
  return (
    <table className="table" aria-label={t('settings.proxy.test')} style={{ marginTop: 12 }}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" style={{ width: widths[column] }}>
              {t(`settings.proxy.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Fragment key={`${row.purpose} ${row.host}`}>
            <tr>
              <td>
                <StateMark tone={tones[row.outcome]} label={t(`settings.proxy.outcomes.${row.outcome}`)} />
              </td>
              <td className="break">
                {row.host}
                <Text size="xs" c="dimmed">
                  {t(`settings.proxy.purposes.${row.purpose}`)}
                </Text>
              </td>
              <td>{t('settings.proxy.ms', { ms: row.ms })}</td>
              <td className="break">{row.proxy ?? t('settings.proxy.directly')}</td>
              <td className="break">{row.issuer ?? '–'}</td>
            </tr>
            {row.message !== null && (
              <tr>
                <td colSpan={columns.length}>
                  <Text size="sm" fw={550}>
                    {row.message}
                  </Text>
                  <Text size="xs">
                    <Prose text={row.hint ?? ''} />
                  </Text>
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}
