import { Button, Group, Stack } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { ErrorInfo, Job } from '../../contract/index.ts'
import { t } from '../text/index.ts'
import { ErrorCard } from './error-card.tsx'
import { ProgressLine } from './progress-line.tsx'

/** A job that a form starts, as far as the form shows it. */
export interface FormJob {
  readonly isRunning: boolean
  readonly job: Pick<Job, 'progress'> | undefined
  readonly error: ErrorInfo | undefined
  readonly cancel: () => void
}

export interface JobFormProps {
  readonly work: FormJob
  /** What the button that starts it says. */
  readonly action: string
  readonly onStart: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The fields of a dialog that starts a job; below them why it failed, how it goes, and the ways out, which stay in sight. */
export function JobForm({ work, action, onStart, onClose, children }: JobFormProps) {
  const failure = useRef<HTMLDivElement>(null)
  // In a small window it would stand below what is in sight.
  useEffect(() => {
    if (work.error) failure.current?.scrollIntoView({ block: 'center' })
  }, [work.error])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!work.isRunning) onStart()
      }}
    >
      <Stack gap="md">
        {children}
        {work.error && (
          <div ref={failure}>
            <ErrorCard error={work.error} />
          </div>
        )}
        <Stack gap="sm" className="dialog-foot">
          {work.isRunning && work.job && <ProgressLine progress={work.job.progress} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={work.isRunning ? work.cancel : onClose}>
              {t('shell.cancel')}
            </Button>
            {work.isRunning ? (
              <Button onClick={onClose}>{t('shell.background')}</Button>
            ) : (
              <Button type="submit">{action}</Button>
            )}
          </Group>
        </Stack>
      </Stack>
    </form>
  )
}
