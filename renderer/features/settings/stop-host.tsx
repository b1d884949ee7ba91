import { Text } from '@mantine/core'
import { call } from '../../stores/call.ts'
import { useServers } from '../../stores/servers.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { tell } from '../../ui/tell.ts'

export interface StopHostProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function StopHost({ isOpen, onClose }: StopHostProps) {
  const running = useServers((state) => state.servers.filter((server) => server.state === 'running').length)
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('settings.stop.title')}
      action={t('settings.stop.action')}
      onConfirm={() => {
        onClose()
        void tell(call('host.stop', {}))
      }}
      isDangerous
    >
      <Text size="sm">{t('settings.stop.text')}</Text>
      {running > 0 && <Text size="sm">{t('settings.stop.servers', { count: running })}</Text>}
    </Confirm>
  )
}
