import { Alert, createTheme } from '@mantine/core'
import type { CSSVariablesResolver } from '@mantine/core'

/** Alerts tint the surface that they stand on; the library's own fill is loud in the dark, and says nothing more. */
const alertTones: Readonly<Record<string, string>> = {
  red: 'var(--app-problem)',
  yellow: 'var(--app-warning)',
  green: 'var(--app-ok)',
}

const heading = { title: { fontSize: '1.1rem', fontWeight: 650 } }

export const theme = createTheme({
  primaryColor: 'indigo',
  // The library's greys with a little blue, so that fields, menus and cards belong together. 0 is text, 7 the body.
  colors: {
    // One step darker at the end, for white text on the buttons that delete.
    red: ['#fff5f5', '#ffe3e3', '#ffc9c9', '#ffa8a8', '#ff8787', '#ff6b6b', '#fa5252', '#f03e3e', '#c92a2a', '#a61e1e'],
    dark: [
      '#d8dce2',
      '#b9c0ca',
      '#9aa3af',
      '#727c89',
      '#464d58',
      '#363c46',
      '#272c34',
      '#1b1e23',
      '#16191d',
      '#0f1114',
    ],
  },
  // Shades on which white text keeps a contrast of 4.5.
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.1rem' }, h3: { fontSize: '1rem' } },
  },
  components: {
    Alert: Alert.extend({
      vars: (_theme, { color, variant }) => {
        if (variant !== undefined && variant !== 'light') return { root: {} }
        const tone = alertTones[String(color)] ?? 'var(--app-active)'
        const mixed = (percent: number) => `color-mix(in srgb, ${tone} ${percent}%, var(--mantine-color-body))`
        return {
          root: { '--alert-bg': mixed(7), '--alert-bd': `1px solid ${mixed(35)}`, '--alert-color': tone },
        }
      },
    }),
    Modal: { defaultProps: { centered: true, size: 'lg', overlayProps: { backgroundOpacity: 0.45 } }, styles: heading },
    // Below the notices, among which are those of its own buttons.
    Drawer: { defaultProps: { zIndex: 180 }, styles: heading },
    // What a field means stands below it, as what a choice means does: side by side, their fields are level.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Loader: { defaultProps: { color: 'var(--app-active)' } },
    // A dialog's header is no second banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    Notification: { styles: { description: { color: 'var(--mantine-color-dimmed)' } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
  },
})

/** The library's secondary text is too pale for its own background: these keep a contrast of 4.5 and more. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#56606b',
    '--mantine-color-placeholder': '#626b76',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-error': '#c02626',
    '--app-canvas': '#f6f7f9',
    '--app-line': '#dfe3e8',
    '--app-active': '#364fc7',
    '--app-ok': '#1c7a3a',
    '--app-warning': '#8f5600',
    '--app-problem': '#c02626',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b1bb',
    '--mantine-color-placeholder': '#98a1ac',
    '--mantine-color-body': '#1b1e23',
    '--mantine-color-error': '#ff8787',
    '--app-canvas': '#14161a',
    '--app-line': '#343a42',
    '--app-active': '#91a7ff',
    '--app-ok': '#69db7c',
    '--app-warning': '#ffc046',
    '--app-problem': '#ff8787',
    // The library's are nearly white here: nothing would tell a quiet button from text, or one that removes from one that opens.
    '--mantine-color-indigo-light-color': '#a5b6ff',
    '--mantine-primary-color-light-color': '#a5b6ff',
    '--mantine-color-red-light-color': '#ffa8a8',
  },
})
