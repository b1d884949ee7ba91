import { Input, SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import type { ReactNode } from 'react'

export interface ChoiceProps<T extends string> {
  readonly label: string
  readonly hint?: string | undefined
  readonly value: T
  readonly data: { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
  readonly isBarred?: boolean
  /** More to say to the chosen answer. */
  readonly children?: ReactNode
}

/** A few answers side by side, with what the chosen one means. */
export function Choice<T extends string>({
  label,
  hint,
  value,
  data,
  onChange,
  isBarred = false,
  children,
}: ChoiceProps<T>) {
  const id = useId()
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      labelProps={{ id }}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description']}
    >
      <div>
        <SegmentedControl
          aria-labelledby={id}
          value={value}
          data={data}
          onChange={onChange}
          disabled={isBarred}
          mb={4}
        />
        {children}
      </div>
    </Input.Wrapper>
  )
}
