import { Code, Group, Tabs, Text } from '@mantine/core'
import { useState } from 'react'
import { useHost } from '../../stores/host.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Section } from '../../ui/page.tsx'
import { isUsualHome } from './command-line.ts'
import { SaveProto } from './save-proto.tsx'
import { tokenOf } from './server-facts.ts'
import { snippet, tokenMask } from './snippets/snippets.ts'
import { isWindowsPipe, languageNames, snippetLanguages } from './snippets/target.ts'
import type { SnippetLanguage, SnippetTarget } from './snippets/target.ts'

/** Languages whose code is made from the description of the service. */
const usesProto: readonly SnippetLanguage[] = ['python', 'csharp', 'go', 'java']

export type SnippetsProps = Pick<SnippetTarget, 'name' | 'endpoint'>

/** Code for each language. On screen the token is masked; what is copied has it. */
export function Snippets({ name, endpoint }: SnippetsProps) {
  const info = useHost((state) => state.info)
  const [language, setLanguage] = useState<SnippetLanguage>('typescript')
  const platform = info?.platform.split(/[-/ ]/u)[0] ?? ''
  const token = tokenOf(endpoint)
  const home = info === undefined || isUsualHome(info.home) ? undefined : info.home
  const shell =
    endpoint.transport === 'rpc'
      ? t('servers.connect.shell.rpc')
      : endpoint.transport === 'http'
        ? t(platform === 'win32' ? 'servers.connect.shell.windows' : 'servers.connect.shell.unixHttp')
        : isWindowsPipe(endpoint.path)
          ? t('servers.connect.terminal')
          : t('servers.connect.shell.unixPipe')
  const titleOf = (one: SnippetLanguage) => (one === 'shell' ? shell : languageNames[one])
  const codeOf = (shown: string | undefined) => snippet(language, { name, endpoint, home, token: shown }, platform)
  const real = codeOf(token)
  const masked = codeOf(token === undefined ? undefined : tokenMask)
  return (
    <Section title={t('servers.connect.snippets')}>
      <Tabs
        value={language}
        onChange={(chosen) => setLanguage(snippetLanguages.find((one) => one === chosen) ?? 'typescript')}
      >
        <Tabs.List aria-label={t('servers.connect.language')}>
          {snippetLanguages.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {titleOf(one)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {snippetLanguages.map((one) => (
          <Tabs.Panel key={one} value={one} pt="sm">
            {one === language && (
              <>
                <Group justify="space-between" mb="xs" wrap="nowrap">
                  <Text size="xs" c="dimmed">
                    {[
                      language === 'typescript'
                        ? t(endpoint.transport === 'rpc' ? 'servers.connect.installRpc' : 'servers.connect.install')
                        : undefined,
                      real === masked ? undefined : t('servers.connect.masked'),
                    ]
                      .filter((part) => part !== undefined)
                      .join(' · ')}
                  </Text>
                  <Group gap={6} wrap="nowrap">
                    {endpoint.transport === 'rpc' && usesProto.includes(language) && <SaveProto />}
                    <CopyButton text={real} label={t('servers.connect.copyCode')} />
                  </Group>
                </Group>
                <Code
                  block
                  tabIndex={0}
                  role="region"
                  aria-label={t('servers.connect.codeOf', { language: titleOf(one) })}
                  fz={12.5}
                  style={{ overflow: 'auto' }}
                >
                  {masked}
                </Code>
              </>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Section>
  )
}
