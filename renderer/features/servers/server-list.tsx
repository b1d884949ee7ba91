import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useState } from 'react'
import type { Server } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { useGrowing } from '../../ui/use-growing.ts'
import { ServerCard } from './server-card.tsx'
import { countByGroup, found, stateGroups } from './server-filter.ts'
import type { StateGroup } from './server-filter.ts'

/** From so many servers on, looking for one is a help. */
const filterFrom = 5

export interface ServerListProps {
  readonly servers: readonly Server[]
  readonly onEdit: (server: Server) => void
  readonly onCopy: (server: Server) => void
}

/** The cards, with a search and a choice by state where there are many. */
export function ServerList({ servers, onEdit, onCopy }: ServerListProps) {
  const [text, setText] = useState('')
  const [group, setGroup] = useState<StateGroup>('all')
  const wanted = useDeferredValue(text)
  const isFiltered = servers.length >= filterFrom || text !== '' || group !== 'all'
  const shown = isFiltered ? found(servers, group, wanted) : servers
  const counts = countByGroup(servers)
  const drawn = useGrowing(shown.length)
  return (
    <>
      {isFiltered && (
        <Group gap="sm">
          <TextInput
            aria-label={t('servers.search')}
            placeholder={t('servers.search')}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            spellCheck={false}
            flex={1}
            miw={220}
          />
          <SegmentedControl
            aria-label={t('servers.group')}
            value={group}
            onChange={setGroup}
            data={stateGroups.map((value) => ({
              value,
              label: t(`servers.groups.${value}`, { count: counts[value] }),
            }))}
          />
        </Group>
      )}
      {shown.length === 0 ? (
        <Group className="surface" p="md" gap="sm">
          <Text size="sm" c="dimmed">
            {t('servers.noMatch')}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              setText('')
              setGroup('all')
            }}
          >
            {t('servers.showAll')}
          </Button>
        </Group>
      ) : (
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('servers.list')}>
          {shown.slice(0, drawn).map((server) => (
            <ServerCard key={server.name} server={server} onEdit={onEdit} onCopy={onCopy} />
          ))}
        </Stack>
      )}
    </>
  )
}
