import { Button, Group, Text } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCopy, IconDownload, IconPlayerPause, IconPlayerPlay, IconTextWrap } from '@tabler/icons-react'
import { t } from '../../text/index.ts'
import { saveText } from '../../ui/save-text.ts'
import { lensLines } from './log-lens.ts'
import type { LogLens } from './log-lens.ts'
import type { Selection } from './log-selection.ts'
import { fileName, linesText } from './log-text.ts'

export interface LogBarProps {
  readonly lens: LogLens
  readonly chosen: string | undefined
  readonly selection: Selection | undefined
  readonly waiting: number
  readonly isFollowing: boolean
  readonly onFollow: () => void
  readonly isWrapped: boolean
  readonly onWrap: () => void
}

/** How many lines there are, and follow, wrap, copy, save. */
export function LogBar({ lens, chosen, selection, waiting, isFollowing, onFollow, isWrapped, onWrap }: LogBarProps) {
  const clipboard = useClipboard({ timeout: 1500 })
  const { lines, offset } = lens
  const picked = () =>
    selection === undefined
      ? lines
      : lines.slice(Math.max(0, selection.from - offset), Math.max(0, selection.to + 1 - offset))
  const count = picked().length
  const amount = { count, lines: count.toLocaleString() }
  return (
    <Group gap="xs" mt="xs">
      <Button
        size="compact-sm"
        variant={isFollowing ? 'default' : 'filled'}
        leftSection={isFollowing ? <IconPlayerPause size={14} aria-hidden /> : <IconPlayerPlay size={14} aria-hidden />}
        aria-pressed={isFollowing}
        onClick={onFollow}
      >
        {isFollowing ? t('logs.pause') : t('logs.resume')}
      </Button>
      <Button
        size="compact-sm"
        variant={isWrapped ? 'light' : 'default'}
        leftSection={<IconTextWrap size={14} aria-hidden />}
        aria-pressed={isWrapped}
        onClick={onWrap}
      >
        {t('logs.wrap')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCopy size={14} aria-hidden />}
        disabled={count === 0}
        onClick={() => clipboard.copy(linesText(picked(), chosen === undefined))}
      >
        <span aria-live="polite">
          {clipboard.copied
            ? t('logs.copied', amount)
            : selection === undefined
              ? t('logs.copyShown', amount)
              : t('logs.copySelected', amount)}
        </span>
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        disabled={count === 0}
        aria-label={t('logs.saveLabel')}
        onClick={() => saveText(fileName(chosen, new Date()), linesText(picked(), chosen === undefined))}
      >
        {t('logs.save')}
      </Button>
      {clipboard.error && (
        <Text size="sm" className="tone-problem" role="alert">
          {t('logs.copyFailed')}. {t('logs.copyFailedText')}
        </Text>
      )}
      <Text size="sm" c="dimmed" ml="auto" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {isFollowing
          ? ''
          : `${t('logs.paused')} · ${t('logs.newLines', { count: waiting, lines: waiting.toLocaleString() })} · `}
        {t('logs.shown', { count: lines.length, lines: lines.length.toLocaleString() })}
        {lines.length >= lensLines ? ` (${t('logs.bounded')})` : ''}
      </Text>
    </Group>
  )
}
