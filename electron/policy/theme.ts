import type { Settings } from '../../contract/index.ts'

/** What the native parts (menus, dialogs, the page's preference) are told; `contrast` follows the system's light or dark. */
export function themeSource(theme: Settings['theme']): 'system' | 'light' | 'dark' {
  return theme === 'contrast' ? 'system' : theme
}
