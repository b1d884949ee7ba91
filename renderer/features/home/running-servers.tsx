import { addressOf } from '../../../contract/index.ts'
import { Anchor, Code, Group, Text } from '@mantine/core'
import { useServers } from '../../stores/servers.ts'
import { hashOf } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Section } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'

/** More than these are found on their own screen. */
const shown = 5

/** What can be reached right now, and where. */
export function RunningServers() {
  const servers = useServers((state) => state.servers)
  const running = servers.filter((server) => server.state === 'running')
  if (running.length === 0) return null
  return (
    <Section
      title={t('home.running.title')}
      actions={
        <Anchor size="sm" href={hashOf({ screen: 'servers', item: undefined })}>
          {t('home.running.all')}
        </Anchor>
      }
    >
      <ul className="surface rows">
        {running.slice(0, shown).map(({ name, environment, endpoint }) => (
          <li key={name} className="row" style={{ padding: '9px 16px' }}>
            <Group justify="space-between" wrap="nowrap" gap="md">
              <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
                <StateMark tone="ok" label={t('servers.states.running')} />
                <a className="link ellipsis" href={hashOf({ screen: 'servers', item: name })}>
                  {name}
                </a>
                <Text size="xs" c="dimmed" className="ellipsis">
                  {environment}
                </Text>
              </Group>
              {endpoint && (
                <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
                  <Code className="ellipsis" title={addressOf(endpoint)}>
                    {addressOf(endpoint)}
                  </Code>
                  <CopyButton text={addressOf(endpoint)} name={t('home.running.copyOf', { name })} />
                </Group>
              )}
            </Group>
          </li>
        ))}
      </ul>
    </Section>
  )
}
