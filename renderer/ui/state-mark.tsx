import { Group, Loader, Text } from '@mantine/core'
import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
} from '@tabler/icons-react'
import type { Tone } from './tone.ts'

const glyphs = {
  ok: IconCircleCheckFilled,
  warning: IconAlertTriangleFilled,
  problem: IconCircleXFilled,
  quiet: IconCircleDashed,
} as const

export interface StateMarkProps {
  readonly tone: Tone
  readonly label: string
}

/** A state as symbol, colour and word: each of them alone is enough. */
export function StateMark({ tone, label }: StateMarkProps) {
  const Glyph = tone === 'active' ? undefined : glyphs[tone]
  return (
    <Group gap={6} wrap="nowrap" className={`tone-${tone}`} component="span" display="inline-flex">
      {Glyph ? <Glyph size={15} aria-hidden /> : <Loader size={13} aria-hidden />}
      <Text component="span" size="sm" fw={550} c="inherit" style={{ whiteSpace: 'nowrap' }}>
        {label}
      </Text>
    </Group>
  )
}
