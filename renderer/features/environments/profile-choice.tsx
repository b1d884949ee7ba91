import { Checkbox, Group, Loader, SimpleGrid, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, Profile } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'

/** The package sets of the host, asked for once a dialog. */
export function useProfiles() {
  const [profiles, setProfiles] = useState<readonly Profile[]>()
  const [error, setError] = useState<ErrorInfo>()
  useEffect(() => {
    let isHere = true
    call('profiles.list', {}).then(
      (found) => isHere && setProfiles(found),
      (thrown: unknown) => isHere && setError(toErrorInfo(thrown)),
    )
    return () => {
      isHere = false
    }
  }, [])
  return { profiles, error }
}

export interface ProfileChoiceProps {
  readonly profiles: readonly Profile[] | undefined
  readonly error: ErrorInfo | undefined
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
  readonly isDisabled: boolean
}

/** Sets of packages to begin with, each with what is in it. */
export function ProfileChoice({ profiles, error, value, onChange, isDisabled }: ProfileChoiceProps) {
  if (error) return <ErrorCard title={t('environments.dialog.profilesFailed')} error={error} kind="known" />
  if (profiles?.length === 0) return null
  return (
    <Checkbox.Group
      label={t('environments.dialog.profiles')}
      description={t('environments.dialog.profilesHint')}
      value={[...value]}
      onChange={onChange}
    >
      {!profiles && <Loader size="sm" mt="xs" aria-label={t('shell.loading')} />}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
        {profiles?.map(({ id, title, summary, packages }) => (
          <Checkbox.Card key={id} value={id} p="sm" disabled={isDisabled} aria-label={title}>
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Checkbox.Indicator aria-hidden />
              <div style={{ minWidth: 0 }}>
                <Text size="sm" fw={600}>
                  {title}
                </Text>
                <Text size="xs" c="dimmed">
                  {summary}
                </Text>
                <Text size="xs" mt={4} className="break">
                  {packages.join(', ')}
                </Text>
              </div>
            </Group>
          </Checkbox.Card>
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  )
}
