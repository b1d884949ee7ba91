import { Button, Select, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useEffect } from 'react'
import { gpuBackends } from '../../../contract/index.ts'
import type { GpuReport, Settings } from '../../../contract/index.ts'
import { askForGpu, useGpu } from '../../stores/gpu.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Section } from '../../ui/page.tsx'
import { SettingRow } from './setting-row.tsx'
import { useSetting } from './use-setting.ts'

const choices = ['auto', ...gpuBackends] as const satisfies readonly Settings['gpuBackend'][]

/** Which back end packages are chosen for, and what was found on this machine. */
export function GpuSettings({ settings }: { readonly settings: Settings }) {
  const backend = useSetting('gpuBackend', settings)
  const { report, error, isLooking } = useGpu()
  useEffect(() => void askForGpu(), [settings.gpuBackend])
  return (
    <Section
      title={t('settings.gpu.title')}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={isLooking}
          onClick={() => void askForGpu(true)}
        >
          {t('settings.gpu.refresh')}
        </Button>
      }
    >
      <div className="surface">
        <SettingRow label={t('settings.gpu.backend')} hint={t('settings.gpu.backendHint')} {...backend}>
          {(names) => (
            <Select
              {...names}
              value={backend.value}
              onChange={(value) => backend.save(choices.find((one) => one === value) ?? 'auto')}
              allowDeselect={false}
              data={choices.map((value) => ({
                value,
                label: value === 'auto' ? t('settings.automatic') : t(`settings.gpu.backends.${value}`),
              }))}
            />
          )}
        </SettingRow>
        <div className="row" style={{ padding: '10px 16px' }} role="status">
          {/* That the host is gone is said above every screen. */}
          {error && error.code !== 'HOST_UNREACHABLE' && <ErrorCard error={error} />}
          {report && <Findings report={report} />}
        </div>
      </div>
    </Section>
  )
}

function Findings({ report }: { readonly report: GpuReport }) {
  return (
    <>
      <Text size="sm">{gpuSentence(report)}</Text>
      {report.findings.map(({ backend, isFound, detail }) => (
        <Text key={backend} size="xs" c="dimmed" className="break">
          {t(isFound ? 'settings.gpu.found' : 'settings.gpu.notFound', {
            backend: t(`settings.gpu.backends.${backend}`),
            detail,
          })}
        </Text>
      ))}
    </>
  )
}

/** What packages are chosen for, in a sentence. */
export function gpuSentence({ backend, version, devices, isForced }: GpuReport): string {
  const named = [t(`settings.gpu.backends.${backend}`), version].filter(Boolean).join(' ')
  const what = devices.length === 0 ? named : `${named}: ${devices.join(', ')}`
  return t(isForced ? 'settings.gpu.forced' : 'settings.gpu.chosen', { what })
}
