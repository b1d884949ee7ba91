import { Select, TextInput } from '@mantine/core'
import { bytes, byVersionDown } from '../../lib/format.ts'
import { pickPath, useIsDesktop } from '../../stores/desktop.ts'
import { useHost } from '../../stores/host.ts'
import { useRuntimes } from '../../stores/runtimes.ts'
import { t } from '../../text/index.ts'
import { PathField } from '../../ui/path-field.tsx'
import { isPathMissing } from './add-form.ts'
import type { AddForm } from './add-form.ts'
import { useMeasure } from './use-measure.ts'

export interface SourceFieldsProps {
  readonly form: AddForm
  readonly onChange: (changed: Partial<AddForm>) => void
  readonly isTried: boolean
  readonly isDisabled: boolean
}

/** What a Python is to be taken from: the catalog with its sizes, an archive, an interpreter. */
export function SourceFields({ form, onChange, isTried, isDisabled }: SourceFieldsProps) {
  const catalog = useRuntimes((state) => state.catalog)
  const isDesktop = useIsDesktop()
  const isWindows = useHost((state) => state.info?.platform.startsWith('win32') ?? false)
  const measure = useMeasure(true)
  const { kind, path } = form
  const entries = [...(catalog ?? [])].sort(byVersionDown)
  if (kind === 'download') {
    return (
      <>
        <Select
          label={t('runtimes.dialog.version')}
          placeholder={entries[0] ? labelOf(entries[0], true) : t('runtimes.dialog.newest')}
          description={measureNote(measure)}
          value={form.version}
          onChange={(version) => onChange({ version })}
          disabled={isDisabled}
          clearable
          searchable
          data={entries.map((entry) => ({ value: entry.version, label: labelOf(entry) }))}
        />
        <TextInput
          label={t('runtimes.dialog.mirror')}
          description={t('runtimes.dialog.mirrorHint')}
          value={form.mirror}
          onChange={(event) => onChange({ mirror: event.currentTarget.value })}
          disabled={isDisabled}
          spellCheck={false}
        />
      </>
    )
  }
  const isFile = kind === 'file'
  const pick = () =>
    pickPath({
      kind: 'file',
      title: isFile ? t('runtimes.dialog.pickFile') : t('runtimes.dialog.pickInterpreter'),
      extensions: isFile ? ['gz', 'tgz'] : [],
    })
  return (
    <PathField
      key={kind}
      label={isFile ? t('runtimes.dialog.filePath') : t('runtimes.dialog.systemPath')}
      description={isFile ? t('runtimes.dialog.fileHint') : t('runtimes.dialog.systemHint')}
      placeholder={
        isFile
          ? t(isWindows ? 'runtimes.dialog.filePlaceholderWindows' : 'runtimes.dialog.filePlaceholder')
          : t(isWindows ? 'runtimes.dialog.systemPlaceholderWindows' : 'runtimes.dialog.systemPlaceholder')
      }
      value={path}
      onChange={(next) => onChange({ path: next })}
      onPick={isDesktop ? pick : undefined}
      error={isTried && isPathMissing(form) ? t('runtimes.dialog.pathMissing') : undefined}
      disabled={isDisabled}
      data-autofocus
    />
  )
}

interface Sized {
  readonly version: string
  readonly sizeBytes: number | null
}

function labelOf({ version, sizeBytes }: Sized, isNewest = false): string {
  const name = isNewest ? `${t('runtimes.dialog.newest')}: ${version}` : version
  return sizeBytes === null
    ? t('runtimes.dialog.unsized', { version: name })
    : t('runtimes.dialog.sized', { version: name, size: bytes(sizeBytes) })
}

function measureNote({ isMeasuring, isUnanswered, error }: ReturnType<typeof useMeasure>): string | undefined {
  if (isMeasuring) return t('runtimes.measuring')
  if (error) return `${t('runtimes.measureFailed')}: ${error.message}`
  return isUnanswered ? t('runtimes.unanswered') : undefined
}
