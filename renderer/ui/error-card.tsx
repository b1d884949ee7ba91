import { Alert, Button, Code, Collapse, Group, Stack, Text } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import type { ErrorInfo } from '../../contract/index.ts'
import { evidenceOf, reportOf } from '../lib/error-text.ts'
import { t } from '../text/index.ts'
import { CopyButton } from './copy-button.tsx'
import { Prose } from './prose.tsx'

export interface ErrorCardProps {
  readonly error: ErrorInfo
  /** Absent: the error's own message is the title. */
  readonly title?: string
  readonly onRetry?: () => void
  /** Buttons for the next step. */
  readonly actions?: ReactNode
  /** More to say, above the buttons. */
  readonly children?: ReactNode
  /**
   * `news` (absent): just happened, and screen readers are told. `past`: a list of what was.
   * `mending`: it is about to come right by itself. `known`: harmless, such as a broken Python of somebody else; plain text, no alarm.
   */
  readonly kind?: 'news' | 'past' | 'mending' | 'known'
}

const looks = {
  news: { color: 'red', role: 'alert', icon: <IconAlertCircle aria-hidden /> },
  past: { color: 'red', role: 'group', icon: <IconAlertCircle aria-hidden /> },
  mending: { color: 'yellow', role: 'group', icon: <IconAlertTriangle aria-hidden /> },
} as const

/** A failure: what happened, what to do next, and the evidence for who wants it. */
export function ErrorCard({ error, title, kind = 'news', ...rest }: ErrorCardProps) {
  if (kind === 'known') {
    return (
      <Stack gap={6} align="flex-start">
        <Text size="sm" c="dimmed" className="break">
          {title ?? error.message}
        </Text>
        <Body error={error} isTitled={title !== undefined} {...rest} />
      </Stack>
    )
  }
  return (
    <Alert variant="light" title={title ?? error.message} {...looks[kind]}>
      <Stack gap="xs" align="flex-start">
        <Body error={error} isTitled={title !== undefined} {...rest} />
      </Stack>
    </Alert>
  )
}

type BodyProps = Pick<ErrorCardProps, 'error' | 'onRetry' | 'actions' | 'children'> & { readonly isTitled: boolean }

function Body({ error, isTitled, onRetry, actions, children }: BodyProps) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const evidence = evidenceOf(error)
  return (
    <>
      {isTitled && (
        <Text size="sm" className="break">
          {error.message}
        </Text>
      )}
      {error.hint !== undefined && (
        <Text size="sm" className="break">
          <Prose text={error.hint} />
        </Text>
      )}
      {children}
      <Group gap="xs">
        {onRetry && (
          <Button size="compact-sm" onClick={onRetry}>
            {t('shell.retry')}
          </Button>
        )}
        {actions}
        {evidence !== undefined && (
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? t('shell.hideDetails') : t('shell.showDetails')}
          </Button>
        )}
        <CopyButton text={reportOf(error)} label={t('shell.copyDetails')} />
      </Group>
      <Collapse expanded={isOpen} id={id} w="100%">
        <Code block className="evidence" tabIndex={0} role="group" aria-label={t('shell.details')}>
          {evidence}
        </Code>
      </Collapse>
    </>
  )
}
