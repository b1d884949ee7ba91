import { Anchor, Button, Loader, Popover, Stack, Text } from '@mantine/core'
import { useJobs, runningJobs } from '../stores/jobs.ts'
import { hashOf } from '../stores/ui.ts'
import { t } from '../text/index.ts'
import { jobLabel } from '../ui/job-title.ts'
import { ProgressLine } from '../ui/progress-line.tsx'

/** How many jobs run, in the header; a click tells which. */
export function RunningJobs() {
  const running = runningJobs(useJobs((state) => state.jobs))
  if (running.length === 0) return null
  return (
    <Popover width={340} position="bottom-end" shadow="md" withArrow trapFocus>
      <Popover.Target>
        <Button variant="light" size="xs" leftSection={<Loader size={14} aria-hidden />}>
          {t('shell.jobs', { count: running.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('shell.runningJobs')}>
        <Stack gap="sm">
          {running.slice(0, 6).map((job) => (
            <div key={job.id}>
              <Text size="sm" fw={600} className="ellipsis">
                {jobLabel(job)}
              </Text>
              <ProgressLine progress={job.progress} />
            </div>
          ))}
          <Anchor size="sm" href={hashOf({ screen: 'activity', item: undefined })}>
            {t('shell.allActivity')}
          </Anchor>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
