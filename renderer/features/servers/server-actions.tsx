import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import {
  IconCopy,
  IconDots,
  IconFileText,
  IconHandStop,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconSettings,
  IconTerminal2,
  IconTrash,
  IconVariable,
  IconX,
} from '@tabler/icons-react'
import { useState } from 'react'
import { startsAgain, toErrorInfo } from '../../../contract/index.ts'
import type { CommandResult, Job, Server } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { goTo } from '../../stores/ui.ts'
import type { JobControls } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone, notifyError } from '../../ui/notify.tsx'
import { isLive } from './server-facts.ts'
import { openServer } from './server-panel.ts'

export interface ServerControls {
  readonly start: JobControls<'servers.start'>
  readonly stop: JobControls<'servers.stop'>
  readonly restart: JobControls<'servers.restart'>
}

export interface ServerActionsProps {
  readonly server: Server
  /** The start under way, whoever asked for it. */
  readonly starting: Job | undefined
  readonly controls: ServerControls
  readonly onEdit: (server: Server) => void
  readonly onCopy: (server: Server) => void
}

/** What can be done with a server as it stands: one or two buttons, the rest in a menu. */
export function ServerActions({ server, starting, controls, onEdit, onCopy }: ServerActionsProps) {
  const { name, state } = server
  const { start, stop, restart } = controls
  const isWaiting = startsAgain(server)
  const startLabel = isWaiting ? t('servers.actions.startNow') : t('servers.actions.start')
  const [isRemoving, setRemoving] = useState(false)
  const named = (action: string) => ({ 'aria-label': t('servers.actions.of', { action, name }) })
  const tell = (error: unknown) => notifyError(toErrorInfo(error))
  const told = ({ interrupted }: CommandResult<'servers.interrupt'>) =>
    notifyDone(t(interrupted > 0 ? 'servers.interrupt.done' : 'servers.interrupt.nothing', { name }))
  const remove = () => {
    setRemoving(false)
    call('servers.remove', { name }).then(() => notifyDone(t('servers.remove.done', { name })), tell)
  }
  const clearAll = () => {
    for (const control of [start, stop, restart]) control.clear()
  }
  return (
    <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
      {!isLive(state) && !starting && (
        <Button
          size="xs"
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          {...named(startLabel)}
          loading={start.isRunning}
          onClick={() => {
            clearAll()
            void start.run({ name })
          }}
        >
          {startLabel}
        </Button>
      )}
      {isWaiting && !starting && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconX size={15} aria-hidden />}
          {...named(t('servers.actions.giveUp'))}
          loading={stop.isRunning}
          onClick={() => {
            clearAll()
            void stop.run({ name })
          }}
        >
          {t('servers.actions.giveUp')}
        </Button>
      )}
      {starting && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconX size={15} aria-hidden />}
          {...named(t('servers.actions.cancelStart'))}
          onClick={() => void call('jobs.cancel', { id: starting.id }).catch(tell)}
        >
          {t('servers.actions.cancelStart')}
        </Button>
      )}
      {isLive(state) && !starting && (
        <>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={15} aria-hidden />}
            {...named(t('servers.actions.restart'))}
            disabled={state !== 'running'}
            loading={restart.isRunning}
            onClick={() => {
              clearAll()
              void restart.run({ name })
            }}
          >
            {t('servers.actions.restart')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerStop size={15} aria-hidden />}
            {...named(t('servers.actions.stop'))}
            loading={stop.isRunning || state === 'stopping'}
            onClick={() => {
              clearAll()
              void stop.run({ name })
            }}
          >
            {t('servers.actions.stop')}
          </Button>
        </>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t('servers.actions.more', { name })}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {state === 'running' && (
            <Menu.Item leftSection={<IconTerminal2 size={15} aria-hidden />} onClick={() => goTo('playground', name)}>
              {t('servers.actions.playground')}
            </Menu.Item>
          )}
          {state === 'running' && (
            <Menu.Item
              leftSection={<IconHandStop size={15} aria-hidden />}
              onClick={() => void call('servers.interrupt', { name }).then(told, tell)}
            >
              {t('servers.actions.interrupt')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconFileText size={15} aria-hidden />} onClick={() => goTo('logs', name)}>
            {t('servers.actions.logs')}
          </Menu.Item>
          <Menu.Item leftSection={<IconVariable size={15} aria-hidden />} onClick={() => openServer(name, 'variables')}>
            {t('servers.actions.variables')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSettings size={15} aria-hidden />} onClick={() => onEdit(server)}>
            {t('servers.actions.edit')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={15} aria-hidden />} onClick={() => onCopy(server)}>
            {t('servers.actions.duplicate')}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={15} aria-hidden />}
            disabled={isLive(state)}
            onClick={() => setRemoving(true)}
          >
            {t('servers.actions.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        isOpen={isRemoving}
        title={t('servers.remove.title', { name })}
        action={t('servers.remove.action', { name })}
        isDangerous
        onClose={() => setRemoving(false)}
        onConfirm={remove}
      >
        <Text size="sm">{t('servers.remove.text')}</Text>
      </Confirm>
    </Group>
  )
}
