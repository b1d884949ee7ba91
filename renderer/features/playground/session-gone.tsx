import { Alert, Button, Group, Text } from '@mantine/core'
import { IconStackPop } from '@tabler/icons-react'
import { useState } from 'react'
import { chooseSession, usePlayground } from '../../stores/playground.ts'
import type { ChosenSession } from '../../stores/playground.ts'
import { openSession } from '../../stores/sessions.ts'
import { t } from '../../text/index.ts'
import { tell } from '../../ui/tell.ts'
import { sessionName } from './session-name.ts'

/** The session that was chosen is no more: why, and how to go on. */
export function SessionGone({ session }: { readonly session: ChosenSession }) {
  const { server, id, options } = session
  const [isOpening, setOpening] = useState(false)
  const isLost = usePlayground(({ run, ended }) => run?.sessionId === id && ended?.error?.code === 'WORKER_LOST')
  const openAgain = async () => {
    setOpening(true)
    const opened = await openSession(server, options).finally(() => setOpening(false))
    chooseSession({ server, id: opened.id, options })
  }
  return (
    <Alert
      color="yellow"
      icon={<IconStackPop aria-hidden />}
      title={t('playground.session.goneTitle', { name: sessionName({ id, name: options.name }) })}
      mb="sm"
      py="xs"
    >
      <Group gap="xs">
        <Text size="sm" flex="1 1 300px">
          {t(isLost ? 'playground.session.goneLost' : 'playground.session.gone')}
        </Text>
        <Button size="compact-sm" loading={isOpening} onClick={() => void tell(openAgain())}>
          {t('playground.session.openAgain')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => chooseSession(undefined)}>
          {t('playground.session.without')}
        </Button>
      </Group>
    </Alert>
  )
}
