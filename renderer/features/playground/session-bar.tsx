import { Button, Select, Text } from '@mantine/core'
import { IconEraser, IconStack2, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { chooseSession, usePlayground } from '../../stores/playground.ts'
import { closeSession, resetSession, useSessions, watchSessions } from '../../stores/sessions.ts'
import { t } from '../../text/index.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { tell } from '../../ui/tell.ts'
import { SessionDialog } from './session-dialog.tsx'
import { SessionGone } from './session-gone.tsx'
import { optionsOf, sessionLabel, sessionName } from './session-name.ts'

const choices = { none: '', new: 'new' } as const

/** Whether names last from run to run, and where. */
export function SessionBar({ server }: { readonly server: string }) {
  useEffect(() => watchSessions(server), [server])
  const listed = useSessions((state) => state.listed[server])
  const chosen = usePlayground(({ session }) => (session?.server === server ? session : undefined))
  const isRunning = usePlayground((state) => state.isRunning)
  const [isAsking, setAsking] = useState(false)
  const sessions = listed?.sessions ?? []
  const found = sessions.find(({ id }) => id === chosen?.id)
  const isGone = chosen !== undefined && found === undefined && listed !== undefined && listed.error === undefined
  const name = chosen && sessionName({ id: chosen.id, name: chosen.options.name })
  const choose = (value: string | null) => {
    if (value === choices.new) return setAsking(true)
    const session = sessions.find(({ id }) => id === value)
    chooseSession(session && { server, id: session.id, options: optionsOf(session) })
  }
  return (
    <>
      <div className="playground-session">
        <Select
          aria-label={t('playground.session.label')}
          leftSection={<IconStack2 size={15} aria-hidden />}
          size="xs"
          w={220}
          data={[
            { value: choices.none, label: t('playground.session.none') },
            ...sessions.map((session) => ({ value: session.id, label: sessionLabel(session) })),
            ...(isGone ? [{ value: chosen.id, label: t('playground.session.ended', { name: name ?? '' }) }] : []),
            { value: choices.new, label: t('playground.session.new') },
          ]}
          value={found !== undefined || isGone ? (chosen?.id ?? null) : choices.none}
          onChange={choose}
          allowDeselect={false}
          disabled={isRunning}
        />
        {chosen === undefined && (
          <Text size="xs" c="dimmed">
            {t('playground.session.noneText')}
          </Text>
        )}
        {found && (
          <>
            <Text size="xs" c="dimmed">
              {[
                t('playground.session.lasts'),
                found.pid === null ? t('playground.session.shared') : t('playground.session.own', { pid: found.pid }),
                found.handles === 0 ? undefined : t('playground.session.handles', { count: found.handles }),
              ]
                .filter((part) => part !== undefined)
                .join(' ')}
            </Text>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconEraser size={13} aria-hidden />}
              aria-label={t('playground.session.resetLabel', { name: name ?? '' })}
              disabled={isRunning}
              onClick={() =>
                void tell(
                  resetSession(server, found.id).then(() =>
                    notifyDone(t('playground.session.resetDone', { name: name ?? '' })),
                  ),
                )
              }
            >
              {t('playground.session.reset')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconX size={13} aria-hidden />}
              aria-label={t('playground.session.closeLabel', { name: name ?? '' })}
              disabled={isRunning}
              onClick={() => {
                chooseSession(undefined)
                void tell(closeSession(server, found.id))
              }}
            >
              {t('playground.session.close')}
            </Button>
          </>
        )}
      </div>
      {isGone && <SessionGone session={chosen} />}
      {isAsking && <SessionDialog server={server} onClose={() => setAsking(false)} />}
    </>
  )
}
