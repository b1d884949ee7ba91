import { Button, Group } from '@mantine/core'
import { IconFileZip, IconKeyboard } from '@tabler/icons-react'
import type { GpuReport, HostInfo } from '../../../contract/index.ts'
import { localTime } from '../../lib/format.ts'
import { useGpu } from '../../stores/gpu.ts'
import { openDialog, useUi } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/page.tsx'
import { gpuSentence } from './gpu-settings.tsx'

/** Versions and where it runs, as pairs for the eye and for a report. */
export function aboutFacts(info: HostInfo, gpu?: GpuReport): readonly (readonly [string, string])[] {
  const { desktop, pid, startedAt, instanceId } = info
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('settings.about.version'), info.version],
    [t('settings.about.electron'), desktop?.electron],
    [t('settings.about.chrome'), desktop?.chrome],
    [t('settings.about.node'), info.node],
    [t('settings.about.platform'), info.platform],
    [t('settings.gpu.title'), gpu && gpuSentence(gpu)],
    [t('settings.places.home'), info.home],
    [t('settings.about.pid'), pid === null ? undefined : String(pid)],
    [t('settings.about.startedAt'), startedAt === null ? undefined : localTime(startedAt)],
    [t('settings.about.instance'), instanceId ?? undefined],
  ]
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]))
}

export function About({ info }: { readonly info: HostInfo }) {
  const facts = aboutFacts(
    info,
    useGpu((state) => state.report),
  )
  return (
    <Section
      title={t('settings.about.title')}
      actions={
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconKeyboard size={15} aria-hidden />}
            onClick={() => useUi.setState({ areShortcutsShown: true })}
          >
            {t('settings.about.shortcuts')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFileZip size={15} aria-hidden />}
            onClick={() => openDialog('home', 'diagnostics')}
          >
            {t('home.diagnostics.open')}
          </Button>
          <CopyButton
            text={() => facts.map(([label, value]) => `${label}: ${value}`).join('\n')}
            label={t('settings.about.copy')}
          />
        </Group>
      }
    >
      <div className="surface" style={{ padding: 16 }}>
        <Facts facts={[...facts, [t('settings.about.licence'), t('settings.about.licenceText')]]} />
      </div>
    </Section>
  )
}
