import { Button, CloseButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch, IconVariable } from '@tabler/icons-react'
import { useState } from 'react'
import type { Server } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { useVariables } from './use-variables.ts'
import { variableLines, variablesFitting } from './variable-list.ts'
import { VariableTable } from './variable-table.tsx'

/** The environment variables that the code of a server has, or would have, and who set each. */
export function VariablesPanel({ server }: { readonly server: Server }) {
  const { name } = server
  const { answer: found, error, load } = useVariables(server)
  const [text, setText] = useState('')
  if (error) return <ErrorCard error={error} title={t('servers.variables.failed', { name })} onRetry={load} />
  if (!found) return <Waiting label={t('shell.loading')} />
  const { running, variables } = found
  const shown = variablesFitting(variables, text)
  const isSecretive = variables.some(({ isMasked }) => isMasked)
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t(running ? 'servers.variables.running' : 'servers.variables.future', { name })}{' '}
        {isSecretive && t('servers.variables.maskedNote')}
      </Text>
      <Group gap="sm" wrap="nowrap">
        <TextInput
          aria-label={t('servers.variables.search')}
          placeholder={t('servers.variables.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            text !== '' && <CloseButton size="sm" aria-label={t('shell.clear')} onClick={() => setText('')} />
          }
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w={280}
        />
        <Text size="sm" c="dimmed" aria-live="polite">
          {shown.length < variables.length &&
            t('servers.variables.some', { count: shown.length, total: variables.length })}
        </Text>
        <div style={{ marginInlineStart: 'auto' }}>
          <CopyButton text={() => variableLines(variables)} label={t('servers.variables.copyAll')} />
        </div>
      </Group>
      {shown.length === 0 ? (
        <EmptyState
          icon={IconVariable}
          title={t('servers.variables.noMatch')}
          text={t('servers.variables.passed')}
          action={
            <Button variant="default" onClick={() => setText('')}>
              {t('servers.showAll')}
            </Button>
          }
        />
      ) : (
        <div className="surface">
          <VariableTable label={t('servers.actions.variablesOf', { name })} variables={shown} />
        </div>
      )}
    </Stack>
  )
}
