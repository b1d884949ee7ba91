import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { t } from '../text/index.ts'

export interface CopyButtonProps {
  /** A function where it is much work to make: it is called by the click. */
  readonly text: string | (() => string)
  /** Absent: "Copy". */
  readonly label?: string
  /** What it copies, where many such buttons stand on one screen: read aloud in place of the label. */
  readonly name?: string
}

export function CopyButton({ text, label = t('shell.copy'), name }: CopyButtonProps) {
  const clipboard = useClipboard({ timeout: 1500 })
  const Glyph = clipboard.copied ? IconCheck : IconCopy
  return (
    <Button
      size="compact-sm"
      variant="default"
      style={{ flexShrink: 0 }}
      {...(name === undefined ? {} : { 'aria-label': name })}
      leftSection={<Glyph size={14} aria-hidden />}
      onClick={() => clipboard.copy(typeof text === 'string' ? text : text())}
    >
      <span aria-live="polite">{clipboard.copied ? t('shell.copied') : label}</span>
    </Button>
  )
}
