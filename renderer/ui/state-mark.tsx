import { Loader } from '@mantine/core'
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

/** A state as symbol, colour and word: each of them alone is enough. Plain elements, since lists have hundreds of them. */
export function StateMark({ tone, label }: StateMarkProps) {
  const Glyph = tone === 'active' ? undefined : glyphs[tone]
  return (
    <span className={`state-mark tone-${tone}`}>
      {Glyph ? <Glyph size={15} aria-hidden /> : <Loader size={13} aria-hidden />}
      {label}
    </span>
  )
}
