import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconDownload, IconFileImport, IconLock } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { CommandReply, Environment, ErrorInfo } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useJobs } from '../../stores/jobs.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Section } from '../../ui/page.tsx'
import { saveText } from '../../ui/save-text.ts'
import { WorkLine } from '../../ui/work-line.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { lastEnded } from './busy.ts'
import { ImportDialog } from './import-dialog.tsx'
import type { Changes } from './use-changes.ts'

export interface RequirementsTabProps {
  readonly environment: Environment
  readonly changes: Changes
  readonly isBusy: boolean
}

/** The packages as a file: out of this environment, and into it. */
export function RequirementsTab({ environment, changes, isBusy }: RequirementsTabProps) {
  const { name, kind, state } = environment
  const [exported, setExported] = useState<CommandReply<'packages.export'>>()
  const [error, setError] = useState<ErrorInfo>()
  const [isImporting, setImporting] = useState(false)
  const changed = useJobs((all) => lastEnded(all.jobs, name))
  const lock = useJob('packages.lock')
  const saveLock = async () => {
    const locked = await lock.run({ name })
    if (locked) saveText(t('environments.requirements.lockFile', { name }), locked.text)
  }
  const load = useCallback(() => {
    let isWanted = true
    call('packages.export', { name }).then(
      (answer) => {
        if (!isWanted) return
        setError(undefined)
        setExported(answer)
      },
      (thrown: unknown) => isWanted && setError(toErrorInfo(thrown)),
    )
    return () => {
      isWanted = false
    }
  }, [name])
  useEffect(load, [load, environment, changed])
  return (
    <Stack gap="lg">
      <Section
        title={t('environments.requirements.exportTitle')}
        actions={
          exported && (
            <Group gap="xs">
              <CopyButton text={exported.text} />
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconDownload size={14} aria-hidden />}
                onClick={() => saveText(t('environments.requirements.file', { name }), exported.text)}
              >
                {t('environments.requirements.save')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconLock size={14} aria-hidden />}
                loading={lock.isRunning}
                disabled={exported.count === 0 || state !== 'ready'}
                onClick={() => void saveLock()}
              >
                {t('environments.requirements.saveLock')}
              </Button>
            </Group>
          )
        }
      >
        <Text size="sm" c="dimmed" mb="xs">
          {t('environments.requirements.text')}
        </Text>
        {error && <ErrorCard error={error} onRetry={load} />}
        {lock.error && <ErrorCard error={lock.error} onRetry={() => void saveLock()} />}
        <WorkLine work={lock} mb="xs" />
        {!exported && !error && <Waiting label={t('shell.loading')} />}
        {exported && (
          <Code
            block
            className="surface"
            tabIndex={0}
            role="group"
            aria-label={t('environments.requirements.label', { name })}
            mah={320}
            style={{ overflow: 'auto' }}
          >
            {exported.text === '' ? t('environments.packages.none') : exported.text}
          </Code>
        )}
      </Section>
      {kind === 'user' && state === 'ready' && (
        <Section title={t('environments.requirements.importTitle')}>
          <Text size="sm" c="dimmed" mb="xs">
            {t('environments.requirements.importText')}
          </Text>
          <Button
            variant="default"
            leftSection={<IconFileImport size={16} aria-hidden />}
            disabled={isBusy}
            onClick={() => setImporting(true)}
          >
            {t('environments.requirements.import')}
          </Button>
        </Section>
      )}
      <ImportDialog
        name={name}
        isOpen={isImporting}
        onImport={(text) => {
          setImporting(false)
          void changes.importText(text)
        }}
        onClose={() => setImporting(false)}
      />
    </Stack>
  )
}
