import { useCallback, useEffect, useRef, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, Settings } from '../../../contract/index.ts'
import { saveSettings } from '../../stores/settings.ts'

/** Milliseconds that the word "Saved" stays. */
const savedMs = 2500

export interface SettingControls<T> {
  /** What the field shows: the choice on its way or refused, else what the host has. */
  readonly value: T
  /** Shows it at once and makes it the setting. */
  readonly save: (value: T) => void
  readonly isSaved: boolean
  /** Why the host did not take it. */
  readonly error: ErrorInfo | undefined
  /** Shows again what the host has. */
  readonly drop: () => void
}

/** One setting: a change is sent by itself, so that what another door changes meanwhile is not undone. */
export function useSetting<K extends keyof Settings>(key: K, settings: Settings): SettingControls<Settings[K]> {
  const [draft, setDraft] = useState<{ readonly value: Settings[K] }>()
  const [isSaved, setSaved] = useState(false)
  const [error, setError] = useState<ErrorInfo>()
  const turn = useRef(0)
  useEffect(() => {
    if (!isSaved) return
    const timer = setTimeout(() => setSaved(false), savedMs)
    return () => clearTimeout(timer)
  }, [isSaved])
  const save = useCallback(
    (value: Settings[K]) => {
      const mine = (turn.current += 1)
      setDraft({ value })
      setError(undefined)
      setSaved(false)
      saveSettings({ [key]: value }).then(
        () => {
          if (mine !== turn.current) return
          setDraft(undefined)
          setSaved(true)
        },
        (thrown: unknown) => {
          if (mine === turn.current) setError(toErrorInfo(thrown))
        },
      )
    },
    [key],
  )
  const drop = useCallback(() => {
    turn.current += 1
    setDraft(undefined)
    setError(undefined)
  }, [])
  return { value: draft ? draft.value : settings[key], save, isSaved, error, drop }
}
