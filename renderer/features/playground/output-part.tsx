import { Box, Button, Group, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useLayoutEffect, useMemo, useRef } from 'react'
import type { ExecutionOutput } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { saveText } from '../../ui/save-text.ts'
import { DisplayBlock } from './display-block.tsx'
import { onPage, outputText } from './output-text.ts'

export interface OutputPartProps {
  readonly output: readonly ExecutionOutput[]
  /** What was not kept: what came first, or what came last. */
  readonly missing: 'earlier' | 'rest' | undefined
  readonly server: string
  readonly isLive: boolean
}

/** Pixels from the end that still count as the end. */
const endSlack = 40

/** What the code printed and displayed, in its order; follows the end while it runs, unless one scrolls up. */
export function OutputPart({ output, missing, server, isLive }: OutputPartProps) {
  const shown = useMemo(() => onPage(output), [output])
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const scrolled = () => {
    const element = box.current
    if (element) isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < endSlack
  }
  useLayoutEffect(() => {
    if (isLive && isAtEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [shown, isLive])
  return (
    <Box px="md" py="sm" className="playground-part">
      <Group justify="space-between" mb={6}>
        <Title order={2} fz="sm">
          {t('playground.output.title')}
        </Title>
        <Group gap={6}>
          <CopyButton text={() => outputText(output)} label={t('playground.output.copy')} />
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            aria-label={t('playground.output.saveLabel')}
            onClick={() => saveText(t('playground.output.file', { server }), outputText(output))}
          >
            {t('playground.output.save')}
          </Button>
        </Group>
      </Group>
      {(missing === 'earlier' || shown.isCut) && (
        <Text size="xs" c="dimmed" mb={6}>
          {t(missing === 'earlier' ? 'playground.output.missed' : 'playground.output.cut')}
        </Text>
      )}
      <div
        ref={box}
        className="playground-scroll"
        onScroll={scrolled}
        tabIndex={0}
        role="group"
        aria-label={t('playground.output.title')}
      >
        {shown.output.map((one, at) => (
          <OutputPiece key={at} piece={one} number={at + 1} />
        ))}
      </div>
      {missing === 'rest' && (
        <Text size="xs" className="tone-warning" mt={6}>
          {t('playground.output.rest')}
        </Text>
      )}
    </Box>
  )
}

function OutputPiece({ piece, number }: { readonly piece: ExecutionOutput; readonly number: number }) {
  if (piece.kind === 'display') return <DisplayBlock data={piece.data} number={number} />
  const stream = piece.kind === 'input' ? 'input' : piece.stream
  return (
    <div className="playground-piece" data-stream={stream}>
      <span className="playground-stream">{t(`playground.output.streams.${stream}`)}</span>
      {piece.kind === 'text' ? (
        <pre className="playground-text">{piece.text}</pre>
      ) : (
        <pre className="playground-text">
          {piece.prompt}
          {piece.answer === null ? <i>{t('playground.output.unseen')}</i> : <b>{piece.answer}</b>}
        </pre>
      )}
    </div>
  )
}
