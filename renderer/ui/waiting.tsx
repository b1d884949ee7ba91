import { Loader } from '@mantine/core'

export interface WaitingProps {
  /** What is being waited for. */
  readonly label: string
  readonly mt?: string
}

/** In place of what has been asked for and is not there yet. The library's own is a plain span, which may not carry a name. */
export function Waiting({ label, ...rest }: WaitingProps) {
  return <Loader size="sm" role="progressbar" aria-label={label} {...rest} />
}
