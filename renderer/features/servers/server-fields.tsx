import { NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core'
import { infrastructureScopes, mostWorkers, restartPolicies, transports } from '../../../contract/index.ts'
import { useEnvironments, userEnvironments } from '../../stores/environments.ts'
import { t } from '../../text/index.ts'
import { Choice } from '../../ui/choice.tsx'
import { defaultEnvironment } from './server-form.ts'
import type { NameProblem, PortChoice, ServerForm } from './server-form.ts'

export interface ServerFieldsProps {
  readonly form: ServerForm
  readonly onChange: (changed: Partial<ServerForm>) => void
  readonly isNameFixed: boolean
  readonly trouble: NameProblem | undefined
  readonly isPortMissing: boolean
  readonly isBarred: boolean
}

/** The fields of a start: transport, name, environment, port, access, workers, what the code may ask of the host, and what becomes of it when it dies. */
export function ServerFields(props: ServerFieldsProps) {
  const { form, onChange, isNameFixed, trouble, isPortMissing, isBarred } = props
  const environments = useEnvironments((state) => state.environments)
  const found = userEnvironments(environments)
  const isDefaultThere = found.some(({ name }) => name === defaultEnvironment)
  const choices = [
    ...(isDefaultThere ? [] : [{ value: defaultEnvironment, label: t('servers.form.environmentDefault') }]),
    ...found.map(({ name, state, python }) => ({
      value: name,
      label: state === 'ready' ? `${name} · Python ${python}` : t('servers.form.environmentBroken', { name }),
      disabled: state !== 'ready',
    })),
  ]
  return (
    <SimpleGrid cols={2} spacing="lg" verticalSpacing="md">
      <Choice
        label={t('servers.form.transport')}
        hint={t(`servers.form.transportHint.${form.transport}`)}
        value={form.transport}
        data={transports.map((value) => ({ value, label: t(`servers.transports.${value}`) }))}
        onChange={(transport) => onChange({ transport })}
        isBarred={isBarred}
      />
      <TextInput
        label={t('servers.form.name')}
        description={t('servers.form.nameHint')}
        placeholder={form.transport}
        value={form.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        disabled={isNameFixed || isBarred}
        error={
          trouble === undefined
            ? undefined
            : trouble.kind === 'taken'
              ? t('servers.form.nameTaken')
              : t('servers.form.nameBad', { why: trouble.why })
        }
        spellCheck={false}
        autoComplete="off"
        data-autofocus
      />
      <Select
        label={t('servers.form.environment')}
        description={t('servers.form.environmentHint')}
        data={choices}
        value={form.environment}
        onChange={(environment) => environment !== null && onChange({ environment })}
        allowDeselect={false}
        searchable={choices.length > 8}
        disabled={isBarred}
      />
      {form.transport !== 'pipe' && (
        <>
          <Choice
            label={t('servers.form.auth')}
            hint={form.auth === 'token' ? t('servers.form.authHint') : undefined}
            value={form.auth}
            data={(['token', 'none'] as const).map((value) => ({ value, label: t(`servers.form.auths.${value}`) }))}
            onChange={(auth) => onChange({ auth })}
            isBarred={isBarred}
          />
          <Choice
            label={t('servers.form.port')}
            hint={portHint(form)}
            value={form.port}
            data={ports.map((value) => ({ value, label: t(`servers.form.ports.${value}`) }))}
            onChange={(port) => onChange({ port })}
            isBarred={isBarred}
          >
            {form.port === 'fixed' && (
              <NumberInput
                aria-label={t('servers.form.fixedPort')}
                placeholder={t('servers.form.fixedPort')}
                value={form.fixedPort ?? ''}
                onChange={(value) => onChange({ fixedPort: typeof value === 'number' ? value : undefined })}
                min={1}
                max={65_535}
                allowDecimal={false}
                allowNegative={false}
                hideControls
                mt="xs"
                disabled={isBarred}
                error={isPortMissing ? t('servers.form.fixedPortMissing') : undefined}
              />
            )}
          </Choice>
        </>
      )}
      <NumberInput
        label={t('servers.form.workers')}
        description={t('servers.form.workersHint')}
        value={form.workers ?? ''}
        onChange={(value) => onChange({ workers: typeof value === 'number' ? value : undefined })}
        min={1}
        max={mostWorkers}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        disabled={isBarred}
      />
      <Choice
        label={t('servers.form.infrastructure')}
        hint={t(`servers.form.infrastructureHints.${form.infrastructure}`)}
        value={form.infrastructure}
        data={infrastructureScopes.map((value) => ({ value, label: t(`servers.form.infrastructures.${value}`) }))}
        onChange={(infrastructure) => onChange({ infrastructure })}
        isBarred={isBarred}
      />
      <Choice
        label={t('servers.form.restart')}
        hint={t(`servers.form.restartHints.${form.restart}`)}
        value={form.restart}
        data={restartPolicies.map((value) => ({ value, label: t(`servers.form.restarts.${value}`) }))}
        onChange={(restart) => onChange({ restart })}
        isBarred={isBarred}
      />
    </SimpleGrid>
  )
}

const ports: readonly PortChoice[] = ['usual', 'any', 'fixed']

function portHint({ port, transport }: ServerForm): string {
  return port === 'usual' && transport === 'rpc'
    ? t('servers.form.portHints.usualRpc')
    : t(`servers.form.portHints.${port}`)
}
