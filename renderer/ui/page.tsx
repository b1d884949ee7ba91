import { Box, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

export interface PageProps {
  readonly title: string
  readonly subtitle?: string
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Takes the whole height and scrolls inside (editors, logs). */
  readonly isFull?: boolean
}

/** The frame of each screen: title, what it is for, actions, content. */
export function Page({ title, subtitle, actions, children, isFull = false }: PageProps) {
  const height = isFull ? { height: 'calc(100vh - 52px)', display: 'flex', flexDirection: 'column' as const } : {}
  return (
    <Box p="lg" {...(isFull ? {} : { maw: 1180, mx: 'auto' })} style={height}>
      <Group justify="space-between" align="flex-start" mb="lg" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Title order={1}>{title}</Title>
          {subtitle !== undefined && (
            <Text size="sm" c="dimmed" mt={2}>
              {subtitle}
            </Text>
          )}
        </div>
        <Group gap="xs" wrap="nowrap">
          {actions}
        </Group>
      </Group>
      {isFull ? children : <Stack gap="lg">{children}</Stack>}
    </Box>
  )
}

export interface SectionProps {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of a screen under its own heading. */
export function Section({ title, actions, children }: SectionProps) {
  return (
    <section>
      <Group justify="space-between" mb="xs" mih={30}>
        <Title order={2}>{title}</Title>
        {actions}
      </Group>
      {children}
    </section>
  )
}
