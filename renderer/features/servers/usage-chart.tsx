import { Sparkline } from '@mantine/charts'

export interface UsageChartProps {
  readonly figures: readonly number[]
  readonly color: string
}

/** A line of the last minutes; a chunk of its own, since the charts are large. The words stand beside it. */
export function UsageChart({ figures, color }: UsageChartProps) {
  return (
    <Sparkline
      data={[...figures]}
      w={88}
      h={26}
      color={color}
      strokeWidth={1.6}
      fillOpacity={0.25}
      areaProps={{ isAnimationActive: false }}
    />
  )
}
