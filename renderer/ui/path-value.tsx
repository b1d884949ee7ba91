import { ActionIcon, Code, Group, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy, IconFolderOpen } from '@tabler/icons-react'
import { t } from '../text/index.ts'
import { tell } from './tell.ts'

export interface PathValueProps {
  readonly path: string
  /** What lies there, for the names of the buttons. */
  readonly label: string
  /** Shows it in the file manager; undefined: that cannot be. */
  readonly onReveal?: (() => Promise<unknown>) | undefined
}

/** A path to read, to copy, and where there is a desktop, to open. */
export function PathValue({ path, label, onReveal }: PathValueProps) {
  const clipboard = useClipboard({ timeout: 1500 })
  const copy = t('shell.copyOf', { label })
  const reveal = t('shell.revealOf', { label })
  return (
    <Group gap={4} wrap="nowrap" component="span" display="inline-flex" maw="100%">
      <Code className="break" fz="xs">
        {path}
      </Code>
      <Tooltip label={clipboard.copied ? t('shell.copied') : copy}>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={copy} onClick={() => clipboard.copy(path)}>
          {clipboard.copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      {onReveal && (
        <Tooltip label={reveal}>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={reveal} onClick={() => void tell(onReveal())}>
            <IconFolderOpen size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <span aria-live="polite" className="visually-hidden">
        {clipboard.copied ? t('shell.copied') : ''}
      </span>
    </Group>
  )
}
