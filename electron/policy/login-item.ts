/** The three places that know about starting at login. */
export interface LoginFacts {
  /** The setting. */
  readonly wanted: boolean
  /** What the system has now; undefined where it cannot tell. */
  readonly real: boolean | undefined
  /** What was last agreed; null: nothing yet. */
  readonly agreed: boolean | null
}

export type LoginPlan =
  | { readonly do: 'nothing' }
  /** The setting has changed: the system follows. */
  | { readonly do: 'apply'; readonly start: boolean }
  /** The user has changed it in the system: the setting follows. */
  | { readonly do: 'adopt'; readonly start: boolean }

/**
 * Brings setting and system together. Whichever differs from what was last agreed is the newer choice; if both do, the one made in
 * our own window counts.
 */
export function loginPlan({ wanted, real, agreed }: LoginFacts): LoginPlan {
  if (real === undefined || wanted === real) return { do: 'nothing' }
  const isSettingNewer = wanted !== (agreed ?? false)
  return isSettingNewer ? { do: 'apply', start: wanted } : { do: 'adopt', start: real }
}
