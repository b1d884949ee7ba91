import { Modal, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, ProfilePreview, ProfileSpec } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Waiting } from '../../ui/waiting.tsx'

export interface PreviewDialogProps {
  readonly spec: ProfileSpec | undefined
  readonly onClose: () => void
}

/** What an environment with a profile would get on this machine; nothing is made. */
export function PreviewDialog({ spec, onClose }: PreviewDialogProps) {
  return (
    <Modal
      opened={spec !== undefined}
      onClose={onClose}
      title={t('profiles.told.title', { title: spec?.title ?? '' })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {spec && <PreviewFacts spec={spec} />}
    </Modal>
  )
}

export function PreviewFacts({ spec }: { readonly spec: ProfileSpec }) {
  const [told, setTold] = useState<ProfilePreview>()
  const [error, setError] = useState<ErrorInfo>()
  useEffect(() => {
    let isHere = true
    setTold(undefined)
    setError(undefined)
    call('profiles.preview', { profile: spec }).then(
      (preview) => isHere && setTold(preview),
      (thrown: unknown) => isHere && setError(toErrorInfo(thrown)),
    )
    return () => {
      isHere = false
    }
  }, [spec])
  if (error) return <ErrorCard error={error} />
  if (!told) return <Waiting label={t('shell.loading')} />
  const list = (names: readonly string[]) => (names.length === 0 ? t('profiles.told.nothing') : names.join(', '))
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          [t('profiles.told.packages'), list(told.packages)],
          [t('profiles.told.optional'), told.optional.length === 0 ? undefined : list(told.optional)],
          [
            t('profiles.told.python'),
            told.python === null ? t('profiles.told.noPython') : t('runtimes.version', { version: told.python }),
          ],
          [t('profiles.told.backend'), t(`settings.gpu.backends.${told.backend}`)],
          [
            t('profiles.told.indexes'),
            told.indexes.length === 0 ? t('profiles.told.noIndexes') : told.indexes.join(', '),
          ],
        ]}
      />
      {told.packages.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('profiles.told.needs')}
        </Text>
      )}
    </Stack>
  )
}
