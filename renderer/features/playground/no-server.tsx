import { Button, Group, Stack, Text } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import type { Server } from '../../../contract/index.ts'
import { goTo } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'

/** What a server that is made here is called. */
const newName = 'playground'

/** There is nothing that could run the code: one button changes that. */
export function NoServer({ server }: { readonly server: Server | undefined }) {
  const start = useJob('servers.start')
  const begin = async () => {
    const started = await start.run(server ? { name: server.name } : { name: newName, transport: 'pipe' })
    if (started && start.isHere()) goTo('playground', started.name)
  }
  const isBusy = start.isRunning || server?.state === 'starting'
  const name = server?.name ?? newName
  return (
    <Stack gap="xs" align="flex-start">
      <Text fw={600}>{server ? t('playground.noServer.titleThis', { name }) : t('playground.noServer.title')}</Text>
      <Text size="sm" c="dimmed">
        {t(server ? 'playground.noServer.textThis' : 'playground.noServer.text')}
      </Text>
      <Group gap="xs">
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          loading={isBusy}
          disabled={server?.state === 'stopping'}
          onClick={() => void begin()}
        >
          {server ? t('playground.noServer.startThis', { name }) : t('playground.noServer.start')}
        </Button>
        {start.isRunning && (
          <Button variant="default" onClick={start.cancel}>
            {t('shell.cancel')}
          </Button>
        )}
        {!server && !isBusy && (
          <Button variant="default" onClick={() => goTo('servers')}>
            {t('playground.noServer.other')}
          </Button>
        )}
      </Group>
      {start.isRunning && start.job && (
        <div style={{ width: '100%' }}>
          <ProgressLine progress={start.job.progress} />
        </div>
      )}
      {start.error && <ErrorCard error={start.error} title={t('playground.noServer.failed')} />}
    </Stack>
  )
}
