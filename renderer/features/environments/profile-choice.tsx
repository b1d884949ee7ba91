import { Checkbox, Group, SimpleGrid, Text } from '@mantine/core'
import { useEffect } from 'react'
import type { ErrorInfo, Profile } from '../../../contract/index.ts'
import { refreshProfiles, useProfileStore } from '../../stores/profiles.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { nameIn } from './package-rows.ts'

/** The package sets of the host, asked for with each dialog. */
export function useProfiles() {
  useEffect(() => void refreshProfiles(), [])
  return useProfileStore()
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
  // A set of nothing is what one gets without choosing any.
  const shown = profiles?.filter(({ packages, kind, problem }) => packages.length > 0 && kind === 'set' && !problem)
  if (shown?.length === 0) return null
  return (
    <Checkbox.Group
      label={t('environments.dialog.profiles')}
      description={t('environments.dialog.profilesHint')}
      inputWrapperOrder={['label', 'description', 'input']}
      value={[...value]}
      onChange={onChange}
    >
      {!shown && <Waiting mt="xs" label={t('shell.loading')} />}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
        {shown?.map(({ id, title, summary, packages }) => (
          <Checkbox.Card key={id} value={id} p="sm" disabled={isDisabled} aria-label={title} className="choice">
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Checkbox.Indicator aria-hidden />
              <div style={{ minWidth: 0 }}>
                <Text size="sm" fw={600}>
                  {title}
                </Text>
                <Text size="xs" c="dimmed">
                  {summary}
                </Text>
                <Text size="xs" mt={4} lineClamp={2} title={packages.join(', ')}>
                  {packages.map(nameIn).join(', ')}
                </Text>
              </div>
            </Group>
          </Checkbox.Card>
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  )
}
