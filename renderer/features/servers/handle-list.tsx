import { Box, Button, Text } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useEffect, useId, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, HandleList as Handles } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'

export interface HandleListProps {
  readonly server: string
  /** Absent: those outside of all sessions. */
  readonly sessionId?: string
  /** How many there are, where that is known: another number has them asked for anew. */
  readonly count?: number
  /** What the button says that shows them. */
  readonly label: string
  readonly emptyText: string
}

/** The objects that a server holds for its callers; asked for when somebody wants to see them. */
export function HandleList({ server, sessionId, count, label, emptyText }: HandleListProps) {
  const [isOpen, setOpen] = useState(false)
  const [found, setFound] = useState<Handles>()
  const [error, setError] = useState<ErrorInfo>()
  const id = useId()
  useEffect(() => {
    if (!isOpen) return
    let isStale = false
    call('servers.handles', { name: server, ...(sessionId === undefined ? {} : { sessionId }) }).then(
      (handles) => {
        if (isStale) return
        setFound(handles)
        setError(undefined)
      },
      (thrown: unknown) => {
        if (!isStale) setError(toErrorInfo(thrown))
      },
    )
    return () => {
      isStale = true
    }
  }, [isOpen, server, sessionId, count])
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <Box mt={4} w="100%">
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<Chevron size={13} aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
      </Button>
      <div id={id} hidden={!isOpen}>
        {error && <ErrorCard error={error} kind={error.code === 'TIMEOUT' ? 'known' : 'news'} />}
        {isOpen && !error && found?.count === 0 && (
          <Text size="sm" c="dimmed" mt={4}>
            {emptyText}
          </Text>
        )}
        {isOpen && !error && found && found.count > 0 && (
          <table className="table" aria-label={label}>
            <thead>
              <tr>
                <th style={{ width: '18%' }}>{t('servers.sessions.handle.id')}</th>
                <th style={{ width: '30%' }}>{t('servers.sessions.handle.type')}</th>
                <th>{t('servers.sessions.handle.repr')}</th>
              </tr>
            </thead>
            <tbody>
              {found.handles.map((handle) => (
                <tr key={handle.id}>
                  <td>{handle.id}</td>
                  <td className="break">{handle.typeName}</td>
                  <td className="break">
                    <code>{handle.repr}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {isOpen && found && found.count > found.handles.length && (
          <Text size="xs" c="dimmed" mt={4}>
            {t('servers.sessions.handle.more', { count: found.count - found.handles.length })}
          </Text>
        )}
      </div>
    </Box>
  )
}
