import { Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export interface EmptyStateProps {
  readonly icon: Icon
  readonly title: string
  readonly text?: string
  /** The next step. */
  readonly action?: ReactNode
}

/** Nothing here yet: why, and what to do about it. */
export function EmptyState({ icon: Glyph, title, text, action }: EmptyStateProps) {
  return (
    <Stack className="surface" align="center" gap="xs" p="xl">
      <ThemeIcon size={52} radius="xl" variant="light" aria-hidden>
        <Glyph size={28} stroke={1.6} />
      </ThemeIcon>
      <Title order={2} ta="center">
        {title}
      </Title>
      {text !== undefined && (
        <Text c="dimmed" size="sm" ta="center" maw={460}>
          {text}
        </Text>
      )}
      {action}
    </Stack>
  )
}
