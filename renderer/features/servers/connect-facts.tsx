import { ActionIcon, Code, Group, Stack, Text } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { addressOf } from '../../../contract/index.ts'
import type { Endpoint } from '../../../contract/index.ts'
import { useHost } from '../../stores/host.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { commandLine } from './command-line.ts'
import { endpointFileOf, tokenOf } from './server-facts.ts'
import { tokenMask } from './snippets/snippets.ts'

export interface ConnectFactsProps {
  readonly name: string
  readonly endpoint: Endpoint
}

/** Address, token and where programs find both. */
export function ConnectFacts({ name, endpoint }: ConnectFactsProps) {
  const home = useHost((state) => state.info?.home)
  const [isRevealed, setRevealed] = useState(false)
  const token = tokenOf(endpoint)
  const file = home === undefined ? undefined : endpointFileOf(home, name)
  const reveal = isRevealed ? t('servers.connect.hide') : t('servers.connect.reveal')
  const Eye = isRevealed ? IconEyeOff : IconEye
  return (
    <Stack gap="xs">
      <Facts
        facts={[
          [t('servers.connect.address'), <Copied key="address" text={addressOf(endpoint)} />],
          [
            t('servers.connect.token'),
            token === undefined ? (
              t(endpoint.transport === 'pipe' ? 'servers.connect.pipeToken' : 'servers.connect.noToken')
            ) : (
              <Group key="token" gap="xs">
                <Code className="break">{isRevealed ? token : tokenMask}</Code>
                <ActionIcon
                  variant="default"
                  aria-label={reveal}
                  title={reveal}
                  onClick={() => setRevealed(!isRevealed)}
                >
                  <Eye size={15} aria-hidden />
                </ActionIcon>
                <CopyButton text={token} label={t('servers.connect.copyToken')} />
              </Group>
            ),
          ],
          [t('servers.connect.file'), file === undefined ? undefined : <Copied key="file" text={file} />],
          [t('servers.connect.terminal'), <Copied key="cli" text={commandLine(home, 'endpoint', name)} />],
        ]}
      />
      <Text size="xs" c="dimmed">
        {t('servers.connect.fileHint')}
      </Text>
    </Stack>
  )
}

function Copied({ text }: { readonly text: string }) {
  return (
    <Group gap="xs">
      <Code className="break">{text}</Code>
      <CopyButton text={text} />
    </Group>
  )
}
