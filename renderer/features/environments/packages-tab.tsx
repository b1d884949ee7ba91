import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconDownload, IconPackage, IconRefresh, IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { Environment, Package } from '../../../contract/index.ts'
import { rememberOutdated, useOutdated } from '../../stores/outdated.ts'
import type { Answer } from '../../stores/use-answer.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import type { ChangePlan } from './change-preview.tsx'
import { InstallDialog } from './install-dialog.tsx'
import { packageRows, rowsFitting } from './package-rows.ts'
import { PackageTable } from './package-table.tsx'
import type { Changes } from './use-changes.ts'

export interface PackagesTabProps {
  readonly environment: Environment
  readonly found: Answer<readonly Package[]>
  readonly changes: Changes
  /** A job changes the environment: nothing else can for now. */
  readonly isBusy: boolean
}

/** What is installed, what of it is out of date, and the ways to change it. */
export function PackagesTab({ environment, found, changes, isBusy }: PackagesTabProps) {
  const { name, kind, state, requirements } = environment
  const { answer: packages, error, load } = found
  const outdated = useOutdated((all) => all.known[name])
  const check = useJob('packages.outdated')
  const [text, setText] = useState('')
  const [isOnlyOutdated, setOnlyOutdated] = useState(false)
  const [isInstalling, setInstalling] = useState(false)
  const [plan, setPlan] = useState<ChangePlan>()
  const settled = useDeferredValue(text)
  const rows = useMemo(
    () => packages && packageRows(packages, requirements, outdated),
    [packages, requirements, outdated],
  )
  const updates = rows?.filter((row) => row.latest !== undefined).length ?? 0
  const isFiltered = isOnlyOutdated && updates > 0
  const shown = useMemo(() => rows && rowsFitting(rows, settled, isFiltered), [rows, settled, isFiltered])
  const isOwn = kind === 'user'
  const isOpen = isOwn && state === 'ready'
  const look = async () => {
    const answer = await check.run({ name })
    if (answer) rememberOutdated(name, { outdated: answer, checked: packages ?? [] })
  }
  const actions = useMemo(
    () =>
      isOpen
        ? {
            isBarred: isBusy,
            onUpgrade: (row: { readonly name: string }) => setPlan({ name, action: 'upgrade', packages: [row.name] }),
            onRemove: (row: { readonly name: string }) => setPlan({ name, action: 'uninstall', packages: [row.name] }),
          }
        : undefined,
    [isOpen, isBusy, name],
  )
  if (state === 'broken' && packages === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {t('environments.packages.brokenText')}
      </Text>
    )
  }
  return (
    <Stack gap="sm">
      {!isOwn && (
        <Text size="sm" c="dimmed">
          {t('environments.packages.adminText')}
        </Text>
      )}
      <Group gap="sm">
        <TextInput
          aria-label={t('environments.packages.filter')}
          placeholder={t('environments.packages.filter')}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w={200}
        />
        {rows && shown && shown.length < rows.length && (
          <Text size="sm" c="dimmed" aria-live="polite">
            {t('environments.packages.some', { count: shown.length, total: rows.length })}
          </Text>
        )}
        {updates > 0 && (
          <Checkbox
            size="sm"
            label={t('environments.packages.onlyOutdated')}
            checked={isOnlyOutdated}
            onChange={(event) => setOnlyOutdated(event.currentTarget.checked)}
          />
        )}
        {outdated && updates === 0 && !check.isRunning && (
          <StateMark tone="ok" label={t('environments.packages.upToDate')} />
        )}
        {isOpen && (
          <Group gap="xs" ml="auto">
            {updates > 0 && (
              <Button
                variant="light"
                disabled={isBusy}
                onClick={() => setPlan({ name, action: 'upgrade', packages: [] })}
              >
                {t('environments.packages.upgradeAll', { count: updates })}
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              loading={check.isRunning}
              disabled={isBusy || rows?.length === 0}
              onClick={() => void look()}
            >
              {t('environments.packages.check')}
            </Button>
            <Button
              leftSection={<IconDownload size={16} aria-hidden />}
              disabled={isBusy}
              onClick={() => setInstalling(true)}
            >
              {t('environments.packages.install')}
            </Button>
          </Group>
        )}
      </Group>
      {check.isRunning && check.job && (
        <Group wrap="nowrap">
          <div style={{ flex: 1 }}>
            <ProgressLine progress={check.job.progress} />
          </div>
          <Button size="compact-sm" variant="default" onClick={check.cancel}>
            {t('shell.cancel')}
          </Button>
        </Group>
      )}
      {check.error && <ErrorCard error={check.error} onRetry={() => void look()} />}
      {error && <ErrorCard error={error} onRetry={load} />}
      {!rows && !error && <Waiting label={t('shell.loading')} />}
      {rows?.length === 0 && (
        <EmptyState
          icon={IconPackage}
          title={t('environments.packages.none')}
          text={t('environments.packages.noneText')}
        />
      )}
      {rows && rows.length > 0 && shown?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('environments.packages.noMatch', { text: settled })}
        </Text>
      )}
      {shown && shown.length > 0 && (
        <div className="surface">
          <PackageTable
            label={t('environments.detail.packages')}
            rows={shown}
            isChecked={outdated !== undefined}
            actions={actions}
          />
        </div>
      )}
      <InstallDialog
        name={name}
        isOpen={isInstalling}
        onInstall={(wanted) => {
          setInstalling(false)
          void changes.apply({ name, action: 'install', packages: wanted })
        }}
        onClose={() => setInstalling(false)}
      />
      <ChangeDialog
        plan={plan}
        onConfirm={(wanted) => {
          setPlan(undefined)
          void changes.apply(wanted)
        }}
        onClose={() => setPlan(undefined)}
      />
    </Stack>
  )
}
