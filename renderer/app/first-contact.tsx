import { Center, Loader, Stack, Text } from '@mantine/core'
import { useHost } from '../stores/host.ts'
import { t } from '../text/index.ts'
import { ErrorCard } from '../ui/error-card.tsx'
import { Prose } from '../ui/prose.tsx'

/** Before the first snapshot: who we wait for, and what to do if it stays like this. */
export function FirstContact() {
  const link = useHost((state) => state.link)
  const error = useHost((state) => state.error)
  if (link === 'failed' && error) {
    return (
      <Center p="xl">
        <ErrorCard title={t('shell.first.failed')} error={error} />
      </Center>
    )
  }
  const isLost = link === 'lost'
  return (
    <Center mih={360} p="xl">
      <Stack align="center" gap="sm" maw={480} role="status">
        <Loader aria-hidden />
        <Text fw={600}>{isLost ? t('shell.first.lost') : t('shell.first.connecting')}</Text>
        {isLost && (
          <Text size="sm" c="dimmed" ta="center">
            <Prose text={t('shell.first.lostText')} />
          </Text>
        )}
      </Stack>
    </Center>
  )
}
