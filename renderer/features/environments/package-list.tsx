import { Button, Group, Loader, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { Environment, ErrorInfo, Package } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { badRequirement, RequirementInput } from './requirement-input.tsx'

/** From so many packages on a filter helps. */
const filterFrom = 10

/** What is installed in an environment, and a field to install more. */
export function PackageList({ environment }: { readonly environment: Environment }) {
  const { name, kind } = environment
  const [packages, setPackages] = useState<readonly Package[]>()
  const [error, setError] = useState<ErrorInfo>()
  const [text, setText] = useState('')
  const turn = useRef(0)
  const load = useCallback(() => {
    const mine = (turn.current += 1)
    setError(undefined)
    call('packages.list', { name }).then(
      (found) => mine === turn.current && setPackages(found),
      (thrown: unknown) => mine === turn.current && setError(toErrorInfo(thrown)),
    )
  }, [name])
  // Again with each change of the environment, whoever made it.
  useEffect(load, [load, environment])
  const shown = packages?.filter((one) => one.name.toLowerCase().includes(text.trim().toLowerCase()))
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={3}>{t('environments.detail.packages')}</Title>
        {packages && (
          <Text size="sm" c="dimmed">
            {t('environments.detail.packageCount', { count: packages.length })}
          </Text>
        )}
      </Group>
      {kind === 'user' && environment.state === 'ready' && <InstallForm name={name} />}
      {error && <ErrorCard error={error} onRetry={load} />}
      {!packages && !error && <Loader size="sm" aria-label={t('shell.loading')} />}
      {packages && packages.length >= filterFrom && (
        <TextInput
          size="sm"
          aria-label={t('environments.detail.filter')}
          placeholder={t('environments.detail.filter')}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {shown && shown.length > 0 && (
        <Table verticalSpacing={5} striped aria-label={t('environments.detail.packages')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('environments.detail.packageName')}</Table.Th>
              <Table.Th>{t('environments.detail.packageVersion')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((one) => (
              <Table.Tr key={one.name}>
                <Table.Td>{one.name}</Table.Td>
                <Table.Td>{one.version}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {shown?.length === 0 && (
        <Text size="sm" c="dimmed">
          {text === '' ? t('environments.detail.noPackages') : t('environments.detail.noMatch', { text })}
        </Text>
      )}
    </Stack>
  )
}

function InstallForm({ name }: { readonly name: string }) {
  const [wanted, setWanted] = useState<readonly string[]>([])
  const install = useJob('packages.install')
  const start = async () => {
    if (wanted.length === 0 || badRequirement(wanted) !== undefined) return
    if (!(await install.run({ name, packages: [...wanted] }))) return
    setWanted([])
    notifyDone(t('environments.detail.installed', { name }))
  }
  return (
    <Stack gap="xs">
      <RequirementInput
        label={t('environments.detail.installLabel')}
        value={wanted}
        onChange={setWanted}
        isDisabled={install.isRunning}
      />
      {install.isRunning && install.job && <ProgressLine progress={install.job.progress} />}
      {install.error && <ErrorCard error={install.error} />}
      <Group gap="xs" justify="flex-end">
        {install.isRunning && (
          <Button size="xs" variant="default" onClick={install.cancel}>
            {t('shell.cancel')}
          </Button>
        )}
        <Button
          size="xs"
          onClick={() => void start()}
          loading={install.isRunning}
          disabled={wanted.length === 0 || badRequirement(wanted) !== undefined}
        >
          {t('environments.detail.install')}
        </Button>
      </Group>
    </Stack>
  )
}
