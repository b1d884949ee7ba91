import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import type { Environment, Runtime } from '../../../contract/index.ts'
import { openDialog } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { Step } from './step.tsx'

export interface FirstRunProgress {
  readonly runtime: Runtime | undefined
  readonly admin: Environment | undefined
  /** How many there are. */
  readonly environments: number
  readonly servers: number
}

/** Python, admin environment, environment, server: each step with its own check, and one button. */
export function FirstRun({ progress }: { readonly progress: FirstRunProgress }) {
  const { runtime, admin, environments, servers } = progress
  const python = useJob('runtimes.install')
  const adminJob = useJob('environments.ensureAdmin')
  const hasAdmin = admin?.state === 'ready'
  const done = [runtime !== undefined, hasAdmin, environments > 0, servers > 0]
  const current = done.indexOf(false)
  /** A pipe server needs no admin environment, and a server makes itself an environment: only a Python has to come first. */
  const hasPython = runtime !== undefined
  const weight = (step: number) => (current === step ? 'filled' : 'default')
  const count = done.filter(Boolean).length
  return (
    <Stack gap="sm">
      <Group gap="md" wrap="nowrap">
        <Progress
          value={(count / done.length) * 100}
          w={160}
          aria-label={t('home.stepsDone', { done: count, total: done.length })}
        />
        <Text size="sm" c="dimmed">
          {t('home.stepsDone', { done: count, total: done.length })}
        </Text>
      </Group>
      <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        <Step
          number={1}
          isCurrent={current === 0}
          title={t('home.steps.python.title')}
          text={t('home.steps.python.text')}
          done={runtime && t('home.steps.python.done', { version: runtime.version })}
          check="default-runtime"
          command="runtimes.install"
          error={python.error}
        >
          <Button onClick={() => void python.run({})} loading={python.isRunning}>
            {t('home.steps.python.action')}
          </Button>
          <Button variant="default" onClick={() => openDialog('runtimes', 'add-runtime')}>
            {t('home.steps.python.other')}
          </Button>
        </Step>
        <Step
          number={2}
          isCurrent={current === 1}
          isPossible={hasPython}
          title={t('home.steps.admin.title')}
          text={t('home.steps.admin.text')}
          done={hasAdmin ? t('home.steps.admin.done', { version: admin.python }) : undefined}
          check="admin-environment"
          command="environments.ensureAdmin"
          error={adminJob.error}
        >
          <Button variant={weight(1)} onClick={() => void adminJob.run({})} loading={adminJob.isRunning}>
            {t('home.steps.admin.action')}
          </Button>
        </Step>
        <Step
          number={3}
          isCurrent={current === 2}
          isPossible={hasPython}
          title={t('home.steps.environment.title')}
          text={t('home.steps.environment.text')}
          done={environments > 0 ? t('home.steps.environment.done', { count: environments }) : undefined}
          check="environments"
          command="environments.create"
        >
          <Button variant={weight(2)} onClick={() => openDialog('environments', 'create-environment')}>
            {t('home.steps.environment.action')}
          </Button>
        </Step>
        <Step
          number={4}
          isCurrent={current === 3}
          isPossible={hasPython}
          title={t('home.steps.server.title')}
          text={t('home.steps.server.text')}
          done={servers > 0 ? t('home.steps.server.done', { count: servers }) : undefined}
          check="servers"
          command="servers.start"
        >
          <Button variant={weight(3)} onClick={() => openDialog('servers', 'create-server')}>
            {t('home.steps.server.action')}
          </Button>
        </Step>
      </Stack>
    </Stack>
  )
}
