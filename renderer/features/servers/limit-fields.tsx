import { Button, Collapse, NumberInput, SimpleGrid, Switch, Text } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { t } from '../../text/index.ts'
import { badLimits, limitNumbers, limitsSaid } from './limit-form.ts'
import type { LimitForm, LimitNumber } from './limit-form.ts'

export interface LimitFieldsProps {
  readonly form: LimitForm
  readonly onChange: (form: LimitForm) => void
  readonly isBarred: boolean
}

/** What a server allows its code. Closed to begin with: most servers are as usual, and one that is not says so in the closed line. */
export function LimitFields({ form, onChange, isBarred }: LimitFieldsProps) {
  const id = useId()
  const said = limitsSaid(form)
  const bad = badLimits(form)
  const [isOpened, setOpened] = useState(false)
  // What cannot be sent is not hidden.
  const isOpen = isOpened || bad.length > 0
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <div>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Chevron size={16} aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpened(!isOpen)}
      >
        {t('limits.title')}
        <Text span size="xs" c="dimmed" ml="xs">
          {said === 0 ? t('limits.usual') : t('limits.said', { count: said })}
        </Text>
      </Button>
      <Collapse expanded={isOpen} id={id}>
        <SimpleGrid cols={2} spacing="lg" verticalSpacing="md" pt="xs">
          {limitNumbers.map((name) => (
            <NumberInput
              key={name}
              label={t(`limits.${name}.label`)}
              description={t(`limits.${name}.hint`)}
              placeholder={t(`limits.${name}.usual`)}
              suffix={isTime(name) ? t('limits.secondsUnit') : ''}
              value={form[name] ?? ''}
              onChange={(value) => onChange({ ...form, [name]: typeof value === 'number' ? value : undefined })}
              allowNegative={false}
              allowDecimal={isTime(name)}
              decimalScale={3}
              hideControls
              disabled={isBarred}
              error={bad.includes(name) ? t(`limits.${name}.bad`) : undefined}
            />
          ))}
          <Switch
            label={t('limits.cancelOnDisconnect.label')}
            description={t('limits.cancelOnDisconnect.hint')}
            checked={form.cancelOnDisconnect}
            onChange={(event) => onChange({ ...form, cancelOnDisconnect: event.currentTarget.checked })}
            disabled={isBarred}
          />
        </SimpleGrid>
      </Collapse>
    </div>
  )
}

function isTime(name: LimitNumber): boolean {
  return name === 'timeoutSeconds' || name === 'graceSeconds'
}
