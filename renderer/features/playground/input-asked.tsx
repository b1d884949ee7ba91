import { Box, Button, Group, PasswordInput, Text, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, Question } from '../../../contract/index.ts'
import { answerInput } from '../../stores/playground.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'

export interface InputAskedProps {
  /** The id of the job. */
  readonly execution: string
  readonly question: Question
}

/** What the code asks, and a field for the answer. It has the focus at once: who runs such code waits for it. */
export function InputAsked({ execution, question: { prompt, isPassword } }: InputAskedProps) {
  const [text, setText] = useState('')
  const [isSent, setSent] = useState(false)
  const [error, setError] = useState<ErrorInfo>()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const send = (answer: string | null) => {
    setSent(true)
    setError(undefined)
    answerInput(execution, answer).catch((thrown: unknown) => {
      setSent(false)
      setError(toErrorInfo(thrown))
    })
  }
  const Field = isPassword ? PasswordInput : TextInput
  const title = t(isPassword ? 'playground.input.password' : 'playground.input.title')
  return (
    <Box px="md" py="sm" className="playground-part" role="group" aria-label={title}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          if (!isSent) send(text)
        }}
      >
        <Text size="sm" fw={600} mb={4}>
          {title}
        </Text>
        <Group gap="xs" align="flex-end">
          <Field
            ref={field}
            label={prompt.trim() === '' ? t('playground.input.field') : prompt}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
            flex="1 1 200px"
          />
          <Button type="submit" loading={isSent}>
            {t('playground.input.answer')}
          </Button>
          <Button variant="default" disabled={isSent} title={t('playground.input.endHint')} onClick={() => send(null)}>
            {t('playground.input.end')}
          </Button>
        </Group>
      </form>
      {error && (
        <Box mt="sm">
          <ErrorCard error={error} title={t('playground.input.failed')} />
        </Box>
      )}
    </Box>
  )
}
