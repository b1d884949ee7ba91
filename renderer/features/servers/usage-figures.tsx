import { Group, Text } from '@mantine/core'
import { useInViewport } from '@mantine/hooks'
import { lazy, memo, Suspense, useEffect, useMemo } from 'react'
import type { UsageSample } from '../../../contract/index.ts'
import { samplesSince, useUsage, watchUsage } from '../../stores/usage.ts'
import { t } from '../../text/index.ts'
import { chartSamples, spreadOf } from './usage-text.ts'

const UsageChart = lazy(async () => ({ default: (await import('./usage-chart.tsx')).UsageChart }))

export interface UsageFiguresProps {
  readonly name: string
  readonly startedAt: string
}

/** Processor time and memory of one server. It listens for itself, so that a sample draws these two lines anew and nothing else. */
export const UsageFigures = memo(function UsageFigures({ name, startedAt }: UsageFiguresProps) {
  // Asked for again at each start.
  useEffect(() => watchUsage(name), [name, startedAt])
  const all = useUsage((state) => state.samples[name])
  const samples = useMemo(() => samplesSince(all, startedAt).slice(-chartSamples), [all, startedAt])
  const { ref, inViewport } = useInViewport()
  return (
    <Group ref={ref} gap="lg" wrap="nowrap" mih={30}>
      <Figure kind="cpu" color="var(--usage-cpu)" samples={samples} isSeen={inViewport} />
      <Figure kind="memoryBytes" color="var(--usage-memory)" samples={samples} isSeen={inViewport} />
    </Group>
  )
})

interface FigureProps {
  readonly kind: 'cpu' | 'memoryBytes'
  readonly color: string
  readonly samples: readonly UsageSample[]
  readonly isSeen: boolean
}

function Figure({ kind, color, samples, isSeen }: FigureProps) {
  const spread = spreadOf(samples, kind)
  const label = t(`servers.usage.${kind}`)
  return (
    <Group gap={8} wrap="nowrap">
      <div className="usage-words">
        <Text size="xs" c="dimmed" lh={1.25}>
          {label}
        </Text>
        <Text size="sm" fw={600} lh={1.25} style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
          {spread?.last ?? t('servers.usage.none')}
        </Text>
      </div>
      {/* A chart of this library can be reached by keys and has its own voice; here the words say all. */}
      <div
        className="usage-chart"
        {...(spread === undefined
          ? {}
          : {
              role: 'img',
              'aria-label': t('servers.usage.spread', { label, ...spread }),
              title: t('servers.usage.spread', { label, ...spread }),
            })}
      >
        <div inert>
          {isSeen && samples.length > 1 && (
            <Suspense fallback={null}>
              <UsageChart figures={samples.map((sample) => sample[kind])} color={color} />
            </Suspense>
          )}
        </div>
      </div>
    </Group>
  )
}
