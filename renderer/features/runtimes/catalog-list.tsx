import { Button, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo } from '../../../contract/index.ts'
import { bytes, byVersionDown } from '../../lib/format.ts'
import { useSettings } from '../../stores/settings.ts'
import { lacksSizes, loadCatalog, useRuntimes } from '../../stores/runtimes.ts'
import { hashOf } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Section } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { useMeasure } from './use-measure.ts'

/** What is shown before somebody asks for more: a screenful. */
const shownFirst = 6

export interface CatalogListProps {
  /** One download at a time. */
  readonly isBusy: boolean
  readonly onInstall: (version: string) => void
}

/** What can be downloaded for this machine, how large it is, and what of it is here already. */
export function CatalogList({ isBusy, onInstall }: CatalogListProps) {
  const catalog = useRuntimes((state) => state.catalog)
  const runtimes = useRuntimes((state) => state.runtimes)
  const isOffline = useSettings((state) => state.settings?.offline === true)
  const [error, setError] = useState<ErrorInfo>()
  const [isAll, setAll] = useState(false)
  const measure = useMeasure(false)
  const load = useCallback(() => {
    setError(undefined)
    loadCatalog().catch((thrown: unknown) => setError(toErrorInfo(thrown)))
  }, [])
  // Again with each change of the Pythons: what is installed is told by the catalog.
  useEffect(load, [load, runtimes])
  const entries = [...(catalog ?? [])].sort(byVersionDown)
  const hidden = entries.length - shownFirst
  return (
    <Section
      title={t('runtimes.catalog')}
      actions={
        lacksSizes(catalog) && (
          <Button size="compact-sm" variant="subtle" loading={measure.isMeasuring} onClick={() => void measure.ask()}>
            {t('runtimes.measure')}
          </Button>
        )
      }
    >
      {isOffline && (
        <Text size="sm" c="dimmed" mb="xs">
          {t('runtimes.offline')}{' '}
          <a className="link" href={hashOf({ screen: 'settings', item: 'offline' })}>
            {t('settings.name')}
          </a>
        </Text>
      )}
      {error && <ErrorCard error={error} onRetry={load} />}
      {!catalog && !error && <Waiting label={t('shell.loading')} />}
      {measure.error && <ErrorCard title={t('runtimes.measureFailed')} error={measure.error} />}
      {measure.isUnanswered && (
        <Text size="sm" c="dimmed" mb="xs" role="status">
          {t('runtimes.unanswered')}
        </Text>
      )}
      {entries.length > 0 && (
        <div className="surface">
          <table className="table" aria-label={t('runtimes.catalog')}>
            <tbody>
              {(isAll ? entries : entries.slice(0, shownFirst)).map(
                ({ key, version, triple, isInstalled, sizeBytes }) => (
                  <tr key={key}>
                    <td>
                      <span style={{ fontWeight: 600 }}>{t('runtimes.version', { version })}</span>
                      <span className="small"> · {triple}</span>
                    </td>
                    <td className="number" style={{ width: 140 }}>
                      {sizeBytes === null ? (
                        <span className="small">{t('runtimes.sizeUnknown')}</span>
                      ) : (
                        bytes(sizeBytes)
                      )}
                    </td>
                    <td className="number" style={{ width: 150 }}>
                      {isInstalled ? (
                        <StateMark tone="ok" label={t('runtimes.isInstalled')} />
                      ) : (
                        <Button
                          size="compact-sm"
                          variant="light"
                          disabled={isBusy}
                          leftSection={<IconDownload size={14} aria-hidden />}
                          aria-label={t('runtimes.installVersion', { version })}
                          onClick={() => onInstall(version)}
                        >
                          {t('runtimes.install')}
                        </Button>
                      )}
                    </td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </div>
      )}
      {hidden > 0 && (
        <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => setAll(!isAll)} aria-expanded={isAll}>
          {isAll ? t('runtimes.fewer') : t('runtimes.more', { count: hidden })}
        </Button>
      )}
    </Section>
  )
}
