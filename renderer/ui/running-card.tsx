import { Button, Group, Text } from '@mantine/core'
import type { Job } from '../../contract/index.ts'
import { t } from '../text/index.ts'
import { ProgressLine } from './progress-line.tsx'

export interface RunningCardProps {
  readonly title: string
  readonly job: Job
  readonly onCancel: () => void
}

/** A job under way, with a way out. */
export function RunningCard({ title, job, onCancel }: RunningCardProps) {
  return (
    <div className="surface" style={{ padding: '12px 16px' }} aria-label={title} role="group">
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Text fw={600} size="sm" className="ellipsis">
          {title}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t('shell.cancel')}
        </Button>
      </Group>
      <ProgressLine progress={job.progress} />
    </div>
  )
}
