import { useEffect, useState } from 'react'
import { PathField } from '../../ui/path-field.tsx'

export interface TextSettingProps {
  readonly value: string
  readonly onSave: (value: string) => void
  readonly placeholder: string
  readonly onPick?: (() => Promise<string | undefined>) | undefined
  /** What is wrong with a text, told while it is typed; one with a problem is not saved. */
  readonly problemOf?: (text: string) => string | undefined
  readonly names: { readonly 'aria-labelledby': string; readonly 'aria-describedby': string }
}

/** A text that is saved when the field is left or Enter is pressed; Escape takes back what was typed. */
export function TextSetting({ value, onSave, placeholder, onPick, problemOf, names }: TextSettingProps) {
  const [typed, setTyped] = useState<string>()
  // What another door sets is shown, unless somebody types here right now.
  useEffect(() => setTyped(undefined), [value])
  const problem = typed === undefined || typed.trim() === '' ? undefined : problemOf?.(typed.trim())
  const commit = (text: string | undefined) => {
    if (text !== undefined && text.trim() !== '' && problemOf?.(text.trim()) !== undefined) return
    setTyped(undefined)
    if (text !== undefined && text.trim() !== value) onSave(text.trim())
  }
  return (
    <PathField
      {...names}
      value={typed ?? value}
      placeholder={placeholder}
      onChange={setTyped}
      onBlur={() => commit(typed)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(typed)
        if (event.key === 'Escape') setTyped(undefined)
      }}
      error={problem}
      onPick={
        onPick &&
        (async () => {
          const path = await onPick()
          if (path !== undefined) commit(path)
          return undefined
        })
      }
    />
  )
}
