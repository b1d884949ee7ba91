import { Button, Group, Select, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { InstallerReport, Settings } from '../../../contract/index.ts'
import { bytes, localTime } from '../../lib/format.ts'
import { useHost } from '../../stores/host.ts'
import { askForInstaller, useInstaller } from '../../stores/installer.ts'
import { useJobs } from '../../stores/jobs.ts'
import { defaultRuntime, useRuntimes } from '../../stores/runtimes.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { PathValue } from '../../ui/path-value.tsx'
import { WorkLine } from '../../ui/work-line.tsx'
import { inEffectSentence, offersUv } from './installer-text.ts'
import { SettingRow } from './setting-row.tsx'
import { installers } from './setting-words.ts'
import { useSetting } from './use-setting.ts'

/** Which installer is chosen, which one that comes to, and the way to get uv, or to be rid of it. */
export function InstallerSettings({ settings }: { readonly settings: Settings }) {
  const installer = useSetting('installer', settings)
  const { report, error } = useInstaller()
  const get = useJob('installer.installUv')
  const remove = useJob('installer.removeUv')
  // From whatever door: each one that ends may have changed what is in effect.
  const ended = useJobs((state) => state.jobs.filter(isEndedWork).length)
  const link = useHost((state) => state.link)
  // With no default chosen, it is the newest Python: one that is added or removed may change whose pip it is.
  const python = useRuntimes((state) => defaultRuntime(state.runtimes)?.id)
  useEffect(() => void askForInstaller(), [settings.installer, python, ended, link])
  const getUv = async () => {
    remove.clear()
    const got = await get.run({})
    if (!got) return
    const version = got.inEffect?.tool === 'uv' ? got.inEffect.version : (got.own?.version ?? '')
    notifyDone(t(got.isChanged ? 'installer.got' : 'installer.newest', { version }))
  }
  const removeUv = async () => {
    get.clear()
    const removed = await remove.run({})
    if (removed) notifyDone(t('installer.removed', { size: bytes(removed.freedBytes) }))
  }
  const isLost = error?.code === 'HOST_UNREACHABLE'
  const isBusy = get.isRunning || remove.isRunning
  const work = get.isRunning ? get : remove
  return (
    <>
      <SettingRow label={t('settings.network.installer')} hint={t('settings.network.installerHint')} {...installer}>
        {(names) => (
          <Select
            {...names}
            value={installer.value}
            onChange={(value) => installer.save(installers.find((one) => one === value) ?? 'auto')}
            allowDeselect={false}
            data={installers.map((value) => ({ value, label: t(`settings.network.installers.${value}`) }))}
          />
        )}
      </SettingRow>
      <div className="row setting">
        <Group justify="space-between" wrap="nowrap" gap="md" align="flex-start">
          <div style={{ minWidth: 0 }}>
            {report && <InEffect report={report} />}
            {!report && (!error || isLost) && (
              <Text size="sm" c="dimmed">
                {t('installer.asking')}
              </Text>
            )}
          </div>
          {report && (
            <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
              {offersUv(report) && (
                <Button
                  variant={report.own ? 'default' : 'light'}
                  leftSection={<IconDownload size={16} aria-hidden />}
                  loading={get.isRunning}
                  disabled={isBusy}
                  onClick={() => void getUv()}
                >
                  {t(report.own ? 'installer.getNewest' : 'installer.get')}
                </Button>
              )}
              {report.own && (
                <Button
                  variant="default"
                  loading={remove.isRunning}
                  disabled={isBusy}
                  onClick={() => void removeUv()}
                  aria-label={t('installer.removeUv')}
                >
                  {t('installer.remove')}
                </Button>
              )}
            </Group>
          )}
        </Group>
        <WorkLine work={work} mt="sm" />
        {get.error && <ErrorCard error={get.error} onRetry={() => void getUv()} />}
        {remove.error && <ErrorCard error={remove.error} onRetry={() => void removeUv()} />}
        {/* That the host is gone is said above every screen. */}
        {error && !isLost && <ErrorCard error={error} onRetry={() => void askForInstaller()} />}
      </div>
    </>
  )
}

function InEffect({ report }: { readonly report: InstallerReport }) {
  const { inEffect, own, unusable, oldestUv, setting } = report
  const isOwnUsed = inEffect?.tool === 'uv' && inEffect.origin === 'own'
  return (
    <>
      <Text size="sm" fw={550} role="status">
        {inEffectSentence(report)}
      </Text>
      {inEffect && <PathValue path={inEffect.path} label={t('settings.network.installer')} />}
      {own && (
        <Text size="xs" c="dimmed">
          {t(isOwnUsed ? 'installer.ownUsed' : 'installer.ownUnused', {
            version: own.version,
            size: bytes(own.bytes),
            date: localTime(own.gotAt),
          })}
        </Text>
      )}
      {unusable.map(({ path, version }) => (
        <Text key={path} size="xs" className="break">
          {version === null
            ? t('installer.broken', { path })
            : t('installer.tooOld', { path, version, oldest: oldestUv })}
        </Text>
      ))}
      {inEffect?.tool !== 'uv' && setting !== 'pip' && (
        <Text size="xs" c="dimmed">
          {t('installer.faster')}
        </Text>
      )}
    </>
  )
}

function isEndedWork({ command, state }: { readonly command: string; readonly state: string }): boolean {
  return command.startsWith('installer.') && state !== 'running'
}
