import { Box } from '@mantine/core'
import { Component } from 'react'
import type { ReactNode } from 'react'
import { toErrorInfo } from '../../contract/index.ts'
import { t } from '../text/index.ts'
import { ErrorCard } from '../ui/error-card.tsx'

interface Props {
  readonly children: ReactNode
}

/** A screen that throws takes neither the navigation nor the other screens along. React offers this to classes only. */
export class FaultBoundary extends Component<Props, { readonly thrown: unknown; readonly isBroken: boolean }> {
  override state = { thrown: undefined as unknown, isBroken: false }

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown, isBroken: true }
  }

  override render() {
    const { isBroken, thrown } = this.state
    if (!isBroken) return this.props.children
    const stack = thrown instanceof Error ? thrown.stack : undefined
    const error = {
      ...toErrorInfo(thrown),
      hint: t('shell.broken.hint'),
      ...(stack === undefined ? {} : { details: { stack } }),
    }
    return (
      <Box p="lg">
        <ErrorCard
          title={t('shell.broken.title')}
          error={error}
          onRetry={() => this.setState({ thrown: undefined, isBroken: false })}
        />
      </Box>
    )
  }
}
