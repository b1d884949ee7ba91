import { Box, Button, Group, Loader, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo } from '../../../contract/index.ts'
import { byVersionDown } from '../../lib/format.ts'
import { loadCatalog, useRuntimes } from '../../stores/runtimes.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { StateMark } from '../../ui/state-mark.tsx'

/** What is shown before somebody asks for more: a screenful. */
const shownFirst = 6

export interface CatalogListProps {
  /** One download at a time. */
  readonly isBusy: boolean
  readonly onInstall: (version: string) => void
}

/** What can be downloaded for this machine, and what of it is here already. */
export function CatalogList({ isBusy, onInstall }: CatalogListProps) {
  const catalog = useRuntimes((state) => state.catalog)
  const runtimes = useRuntimes((state) => state.runtimes)
  const [error, setError] = useState<ErrorInfo>()
  const [isAll, setAll] = useState(false)
  const load = useCallback(() => {
    setError(undefined)
    loadCatalog().catch((thrown: unknown) => setError(toErrorInfo(thrown)))
  }, [])
  // Again with each change of the Pythons: what is installed is told by the catalog.
  useEffect(load, [load, runtimes])
  if (error) return <ErrorCard error={error} onRetry={load} />
  if (!catalog) return <Loader size="sm" aria-label={t('shell.loading')} />
  const entries = [...catalog].sort(byVersionDown)
  const hidden = entries.length - shownFirst
  return (
    <div className="surface">
      {(isAll ? entries : entries.slice(0, shownFirst)).map(({ key, version, triple, isInstalled }) => (
        <Box key={key} className="row" px="md" py="xs">
          <Group justify="space-between" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Text size="sm" fw={600}>
                {t('runtimes.version', { version })}
              </Text>
              <Text size="xs" c="dimmed" className="ellipsis">
                {triple}
              </Text>
            </div>
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
          </Group>
        </Box>
      ))}
      {hidden > 0 && (
        <Box className="row" px="xs" py={6}>
          <Button size="compact-sm" variant="subtle" onClick={() => setAll(!isAll)} aria-expanded={isAll}>
            {isAll ? t('runtimes.fewer') : t('runtimes.more', { count: hidden })}
          </Button>
        </Box>
      )}
    </div>
  )
}
