import { Spotlight } from '@mantine/spotlight'
import type { SpotlightActionGroupData } from '@mantine/spotlight'
import { IconPalette, IconSearch } from '@tabler/icons-react'
import { themes } from '../../contract/index.ts'
import { setTheme } from '../stores/theme.ts'
import { goTo } from '../stores/ui.ts'
import { t } from '../text/index.ts'
import { tell } from '../ui/tell.ts'
import { screens } from './screens.ts'

/** Ctrl or Cmd + K: every screen, and every action that a feature offers. */
export function Palette() {
  // The list of screens is fixed, so the hooks are called in the same order each time.
  const offered = screens.flatMap(({ useActions }) => useActions?.() ?? [])
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('shell.screens'),
      actions: screens.map(({ id, title, icon: Glyph }) => ({
        id: `screen-${id}`,
        label: title(),
        leftSection: <Glyph size={18} aria-hidden />,
        onClick: () => goTo(id),
      })),
    },
    {
      group: t('shell.actions'),
      actions: [
        ...offered.map(({ id, label, description, icon: Glyph, run }) => ({
          id,
          label,
          ...(description === undefined ? {} : { description }),
          ...(Glyph === undefined ? {} : { leftSection: <Glyph size={18} aria-hidden /> }),
          onClick: run,
        })),
        ...themes.map((theme) => ({
          id: `theme-${theme}`,
          label: t('shell.theme.set', { name: t(`shell.theme.${theme}`) }),
          leftSection: <IconPalette size={18} aria-hidden />,
          onClick: () => void tell(setTheme(theme)),
        })),
      ],
    },
  ]
  return (
    <Spotlight
      actions={groups}
      nothingFound={t('shell.nothingFound')}
      highlightQuery
      attributes={{ content: { 'aria-label': t('shell.searchLabel') } }}
      limit={40}
      scrollable
      maxHeight={420}
      // The arrows move in it from the field; who scrolls by keys alone gets in, too.
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('shell.found') } }}
      shortcut={['mod + K']}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t('shell.search'),
        'aria-label': t('shell.searchLabel'),
      }}
    />
  )
}
