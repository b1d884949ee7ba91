import { ActionIcon, Box, Group, Stack, Text, ThemeIcon, Title, Tooltip } from '@mantine/core'
import { IconCheck, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ErrorInfo, JobCommandName } from '../../../contract/index.ts'
import { runChecks, useHost } from '../../stores/host.ts'
import { cancelJob, runningJob, useJobs } from '../../stores/jobs.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { RunningCard } from '../../ui/running-card.tsx'
import { tell } from '../../ui/tell.ts'
import { checkTones } from './check-tones.ts'

export interface StepProps {
  readonly number: number
  /** The first one that is not done. */
  readonly isCurrent: boolean
  /** It can be done before those that stand above it. */
  readonly isPossible?: boolean
  readonly title: string
  readonly text: string
  /** What is there already; undefined: not done. */
  readonly done: string | undefined
  /** The doctor's check of this step. */
  readonly check: string
  /** The job that does it, whoever starts it. */
  readonly command: JobCommandName
  readonly error?: ErrorInfo | undefined
  /** The buttons. */
  readonly children: ReactNode
}

export function Step(props: StepProps) {
  const { number, isCurrent, isPossible = false, title, text, done, check: checkId, command, error, children } = props
  const check = useHost((state) => state.checks?.find((one) => one.id === checkId))
  const isChecking = useHost((state) => state.isChecking)
  const job = useJobs((state) => runningJob(state.jobs, command))
  const isDone = done !== undefined
  const again = t('home.checkOf', { title })
  const isCheckShown = check !== undefined && !job && (isDone || isCurrent)
  return (
    <Box
      component="li"
      className="surface"
      p="md"
      aria-current={isCurrent ? 'step' : undefined}
      style={isCurrent ? { borderColor: 'var(--mantine-primary-color-filled)' } : {}}
    >
      <Group wrap="nowrap" align="flex-start" gap="md">
        <ThemeIcon
          size={30}
          radius="xl"
          variant={isDone || isCurrent ? 'filled' : 'default'}
          color={isDone ? 'green.9' : 'indigo'}
          aria-hidden
        >
          {isDone ? <IconCheck size={18} /> : <Text size="sm">{number}</Text>}
        </ThemeIcon>
        <Stack gap={6} style={{ flex: 1, minWidth: 0 }}>
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              <Title order={2} size="h3">
                {title}
              </Title>
              <Text size="sm" c="dimmed">
                {done ?? text}
              </Text>
            </div>
            {(isDone || isCurrent) && (
              <Tooltip label={again}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={again}
                  onClick={() => void runChecks()}
                  loading={isChecking}
                >
                  <IconRefresh size={17} aria-hidden />
                </ActionIcon>
              </Tooltip>
            )}
          </Group>
          {isCheckShown && (
            // What is merely not done yet is no fault, and not fine either.
            <Text
              size="xs"
              className={`tone-${isDone || check.outcome !== 'ok' ? checkTones[check.outcome] : 'quiet'} break`}
              aria-live="polite"
            >
              {isDone || check.outcome !== 'ok'
                ? `${t(`home.checks.${check.outcome}`)}: ${check.detail}`
                : t('home.notYet')}
            </Text>
          )}
          {job && <RunningCard title={title} job={job} onCancel={() => void tell(cancelJob(job.id))} />}
          {error && <ErrorCard error={error} />}
          {!isDone && (isCurrent || isPossible) && !job && <Group gap="xs">{children}</Group>}
        </Stack>
      </Group>
    </Box>
  )
}
