import { Anchor, Box, Group, Stack, Text, Title } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export interface PageProps {
  readonly title: string
  readonly subtitle?: ReactNode
  /** The way back, over the title. */
  readonly back?: { readonly label: string; readonly href: string }
  /** How it stands, beside the title. */
  readonly mark?: ReactNode
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Takes the whole height and scrolls inside (editors, logs). */
  readonly isFull?: boolean
}

/** The frame of each screen: title, what it is for, actions, content. */
export function Page({ title, subtitle, back, mark, actions, children, isFull = false }: PageProps) {
  const height = isFull ? { height: 'calc(100vh - 52px)', display: 'flex', flexDirection: 'column' as const } : {}
  return (
    <Box p="lg" {...(isFull ? {} : { maw: 1180, mx: 'auto', className: 'page' })} style={height}>
      <Group justify="space-between" align="flex-start" mb="lg" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          {back && (
            <Anchor href={back.href} size="sm" display="inline-flex" style={{ alignItems: 'center', gap: 2 }} mb={2}>
              <IconChevronLeft size={15} aria-hidden />
              {back.label}
            </Anchor>
          )}
          <Group gap="sm" wrap="nowrap">
            <Title order={1} className="ellipsis" title={title}>
              {title}
            </Title>
            {mark}
          </Group>
          {subtitle !== undefined && (
            <Text size="sm" c="dimmed" mt={2} component="div">
              {subtitle}
            </Text>
          )}
        </div>
        <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
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
