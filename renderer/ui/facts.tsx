import { Box, Text } from '@mantine/core'
import type { ReactNode } from 'react'

export interface FactsProps {
  /** Label and value, in order; what is undefined is left out. */
  readonly facts: readonly (readonly [string, ReactNode])[]
}

/** Names and values below each other. */
export function Facts({ facts }: FactsProps) {
  return (
    <Box
      component="dl"
      m={0}
      style={{
        display: 'grid',
        gridTemplateColumns: 'minmax(110px, max-content) 1fr',
        gap: '6px 20px',
        alignItems: 'baseline',
      }}
    >
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([label, value]) => (
          <Box key={label} style={{ display: 'contents' }}>
            <Text component="dt" size="sm" c="dimmed">
              {label}
            </Text>
            <Text component="dd" size="sm" m={0} className="break">
              {value}
            </Text>
          </Box>
        ))}
    </Box>
  )
}
