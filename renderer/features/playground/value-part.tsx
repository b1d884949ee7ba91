import { Badge, Box, Group, SegmentedControl, Text, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { ExecutionValue } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { DisplayBlock } from './display-block.tsx'
import type { Display } from './outcome.ts'
import { pageChars, valueForms } from './value-forms.ts'
import type { ValueForm } from './value-forms.ts'

export interface ValuePartProps {
  readonly result: ExecutionValue
  /** The value in a richer form than its repr: a table, a figure. */
  readonly display: Display | undefined
}

/** What the last expression gave: a value that can be read and copied, or the description of an object that stayed in Python. */
export function ValuePart({ result, display }: ValuePartProps) {
  return (
    <Box px="md" py="sm" className="playground-part">
      {result.kind === 'handle' ? (
        <Handle result={result} display={display} />
      ) : (
        <>
          <Value key={result.repr} result={result} />
          {display && <DisplayBlock data={display.data} number={1} />}
        </>
      )}
    </Box>
  )
}

function Value({ result }: { readonly result: Extract<ExecutionValue, { readonly kind: 'value' }> }) {
  const forms = useMemo(() => valueForms(result), [result])
  const [kind, setKind] = useState<ValueForm['kind']>()
  const form = forms.find((one) => one.kind === kind) ?? forms[0]
  const text = form?.text ?? ''
  return (
    <>
      <Group justify="space-between" mb={6}>
        <Group gap="xs">
          <Title order={2} fz="sm">
            {t('playground.value.title')}
          </Title>
          <Badge variant="default" tt="none" size="sm">
            {t('playground.value.type', { type: result.typeName })}
          </Badge>
        </Group>
        <Group gap={6}>
          {forms.length > 1 && form !== undefined && (
            <SegmentedControl
              size="xs"
              aria-label={t('playground.value.form')}
              value={form.kind}
              data={forms.map((one) => ({ value: one.kind, label: t(`playground.value.forms.${one.kind}`) }))}
              onChange={setKind}
            />
          )}
          <CopyButton text={text} label={t('playground.value.copy')} />
        </Group>
      </Group>
      <pre className="playground-text playground-scroll playground-value" tabIndex={0}>
        {text.slice(0, pageChars)}
      </pre>
      {text.length > pageChars && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('playground.value.cut')}
        </Text>
      )}
      {result.value === null && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('playground.value.none')}
        </Text>
      )}
    </>
  )
}

interface HandleProps {
  readonly result: Extract<ExecutionValue, { readonly kind: 'handle' }>
  readonly display: Display | undefined
}

function Handle({ result, display }: HandleProps) {
  const { typeName, repr, shape, dtype } = result
  return (
    <>
      <Group justify="space-between" mb={6}>
        <Title order={2} fz="sm">
          {t('playground.handle.title')}
        </Title>
        <CopyButton text={repr} label={t('playground.value.copy')} />
      </Group>
      <Facts
        facts={[
          [t('playground.handle.type'), typeName],
          [
            t('playground.handle.shape'),
            shape === undefined ? undefined : shape.length === 0 ? t('playground.handle.scalar') : shape.join(' × '),
          ],
          [t('playground.handle.dtype'), dtype],
        ]}
      />
      {display ? (
        <DisplayBlock data={display.data} number={1} />
      ) : (
        <>
          <Text size="sm" c="dimmed" mt="xs" mb={4}>
            {t('playground.handle.repr')}
          </Text>
          <pre className="playground-text playground-scroll playground-value" tabIndex={0}>
            {repr}
          </pre>
        </>
      )}
      <Text size="xs" c="dimmed" mt={4}>
        {t('playground.handle.hint')}
      </Text>
    </>
  )
}
