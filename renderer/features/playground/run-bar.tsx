import { Button, Menu, Select } from '@mantine/core'
import { IconBook, IconHandStop, IconHistory, IconPlayerPlay, IconPlayerStop, IconServer } from '@tabler/icons-react'
import type { Server } from '../../../contract/index.ts'
import { cancelRun, interruptRun, setCode, usePlayground } from '../../stores/playground.ts'
import { useServers } from '../../stores/servers.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { choices } from './chosen-server.ts'
import { examples } from './examples.ts'

export interface RunBarProps {
  readonly server: Server | undefined
  readonly modKey: string
  readonly onRun: () => void
  readonly onHistory: () => void
}

/** Where to run, run or interrupt, examples, history. */
export function RunBar({ server, modKey, onRun, onHistory }: RunBarProps) {
  const servers = useServers((state) => state.servers)
  const isRunning = usePlayground((state) => state.isRunning)
  const isInterrupted = usePlayground((state) => state.isInterrupted)
  const isKnown = usePlayground((state) => state.run !== undefined)
  const isEmpty = usePlayground((state) => state.code.trim() === '')
  const { running, others } = choices(servers)
  return (
    <>
      <Select
        aria-label={t('playground.server')}
        leftSection={<IconServer size={15} aria-hidden />}
        placeholder={t('playground.serverGone')}
        w={{ base: 165, md: 200 }}
        data={[
          { group: t('playground.running'), items: running },
          { group: t('playground.notRunning'), items: others },
        ].filter(({ items }) => items.length > 0)}
        value={server?.name ?? null}
        onChange={(name) => name !== null && goTo('playground', name)}
        allowDeselect={false}
        searchable={servers.length > 8}
        disabled={servers.length === 0}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconBook size={16} aria-hidden />}>
            {t('playground.examplesTitle')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {examples.map(({ id, code }) => (
            <Menu.Item key={id} onClick={() => setCode(code)}>
              {t(`playground.examples.${id}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" leftSection={<IconHistory size={16} aria-hidden />} onClick={onHistory}>
        {t('playground.history.open')}
      </Button>
      {isRunning ? (
        <Button
          color="red"
          variant={isInterrupted ? 'filled' : 'light'}
          leftSection={
            isInterrupted ? <IconPlayerStop size={16} aria-hidden /> : <IconHandStop size={16} aria-hidden />
          }
          onClick={isInterrupted ? cancelRun : interruptRun}
          disabled={!isKnown}
          aria-label={t(isInterrupted ? 'playground.cancelLabel' : 'playground.interruptLabel')}
          miw={112}
        >
          {t(isInterrupted ? 'playground.cancel' : 'playground.interrupt')}
        </Button>
      ) : (
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={onRun}
          disabled={server?.state !== 'running' || isEmpty}
          title={t('playground.runKeys', { key: modKey })}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          miw={112}
        >
          {t('playground.run')}
        </Button>
      )}
    </>
  )
}
