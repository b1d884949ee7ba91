import { Button, Group } from '@mantine/core'
import type { GroupProps } from '@mantine/core'
import type { Job } from '../../contract/index.ts'
import { t } from '../text/index.ts'
import { ProgressLine } from './progress-line.tsx'

export interface WorkLineProps extends Omit<GroupProps, 'children'> {
  /** What `useJob` tells of it. */
  readonly work: { readonly isRunning: boolean; readonly job: Job | undefined; readonly cancel: () => void }
}

/** How far a job is, and the way out, where the place says already what it is; nothing while none runs. */
export function WorkLine({ work: { isRunning, job, cancel }, ...space }: WorkLineProps) {
  if (!isRunning || !job) return null
  return (
    <Group wrap="nowrap" {...space}>
      <div style={{ flex: 1 }}>
        <ProgressLine progress={job.progress} />
      </div>
      <Button size="compact-sm" variant="default" onClick={cancel}>
        {t('shell.cancel')}
      </Button>
    </Group>
  )
}
