import { Button, Group, Stack, Text } from '@mantine/core'
import { bytes } from '../../lib/format.ts'
import { adminEnvironment, useEnvironments } from '../../stores/environments.ts'
import { cancelJob, runningJob, useJobs } from '../../stores/jobs.ts'
import { goTo } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { tell } from '../../ui/tell.ts'

/** The environment of the fronts: it is ours, so there is one button, which makes or repairs it. */
export function AdminCard({ isOwnPage = false }: { readonly isOwnPage?: boolean }) {
  const admin = useEnvironments((state) => adminEnvironment(state.environments))
  const making = useJobs((state) => runningJob(state.jobs, 'environments.ensureAdmin'))
  const ensure = useJob('environments.ensureAdmin')
  const make = async () => {
    if (await ensure.run({})) notifyDone(t('environments.admin.done'))
  }
  const facts = admin && `${t('environments.python', { version: admin.python })} · ${bytes(admin.sizeBytes)}`
  return (
    <Stack className="surface" p="md" gap="sm">
      <Group justify="space-between" wrap="nowrap" gap="md">
        <div style={{ minWidth: 0 }}>
          {!isOwnPage && (
            <Group gap="sm" mb={4}>
              {admin === undefined && <StateMark tone="quiet" label={t('environments.admin.missing')} />}
              {admin?.state === 'ready' && <StateMark tone="ok" label={t('environments.ready')} />}
              {admin?.state === 'broken' && <StateMark tone="problem" label={t('environments.broken')} />}
              {facts !== undefined && (
                <Text size="sm" c="dimmed">
                  {facts}
                </Text>
              )}
            </Group>
          )}
          <Text size="sm" c="dimmed">
            {t('environments.admin.text')}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          {admin && !isOwnPage && (
            <Button size="xs" variant="subtle" onClick={() => goTo('environments', admin.name)}>
              {t('environments.admin.open')}
            </Button>
          )}
          {making ? (
            <Button size="xs" variant="default" onClick={() => void tell(cancelJob(making.id))}>
              {t('shell.cancel')}
            </Button>
          ) : (
            <Button size="xs" variant={admin?.state === 'ready' ? 'default' : 'filled'} onClick={() => void make()}>
              {admin ? t('environments.admin.repair') : t('environments.admin.make')}
            </Button>
          )}
        </Group>
      </Group>
      {making && <ProgressLine progress={making.progress} />}
      {ensure.error ? (
        <ErrorCard error={ensure.error} />
      ) : (
        admin?.problem && !making && <ErrorCard error={admin.problem} kind="past" />
      )}
    </Stack>
  )
}
