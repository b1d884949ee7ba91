/** How something stands, for colour and symbol; the words stand beside it, always. */
export type Tone = 'ok' | 'warning' | 'problem' | 'quiet' | 'active'

/** The library's colour for it. */
export const toneColors: Readonly<Record<Tone, string>> = {
  ok: 'green',
  warning: 'yellow',
  problem: 'red',
  quiet: 'gray',
  active: 'indigo',
}
