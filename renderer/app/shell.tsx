import { AppShell } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useLayoutEffect, useRef } from 'react'
import { useHost } from '../stores/host.ts'
import { useUi } from '../stores/ui.ts'
import { t } from '../text/index.ts'
import { FaultBoundary } from './fault-boundary.tsx'
import { FirstContact } from './first-contact.tsx'
import { Header } from './header.tsx'
import { LostBanner } from './lost-banner.tsx'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { screenOf, screens } from './screens.ts'
import { Shortcuts } from './shortcuts.tsx'

/** Navigation, header and the screen. What is shown before the host has told its state: `FirstContact`. */
export function Shell() {
  const place = useUi((state) => state.place)
  const isChosenNarrow = useUi((state) => state.isNavigationNarrow)
  const isSmall = useMediaQuery('(max-width: 1000px)') ?? false
  const isNarrow = isSmall || isChosenNarrow
  const isKnown = useHost((state) => state.isKnown)
  const screen = screenOf(place.screen) ?? screens[0]
  const main = useRef<HTMLElement>(null)
  const shown = useRef(screen?.id)

  // Before the effects of the screen itself, which may go on to a part of it.
  useLayoutEffect(() => {
    document.title = screen ? t('shell.titled', { screen: screen.title() }) : t('shell.product')
    // A new screen begins at its top, for eyes and for screen readers.
    if (shown.current !== screen?.id) {
      main.current?.focus({ preventScroll: true })
      window.scrollTo(0, 0)
    }
    shown.current = screen?.id
  }, [screen])

  const View = screen?.view
  return (
    <>
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          // The address tells the screen; the link must not change it.
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {t('shell.skip')}
      </a>
      <AppShell header={{ height: 52 }} navbar={{ width: isNarrow ? 60 : 216, breakpoint: 0 }} padding={0}>
        <AppShell.Header>
          <Header isSmall={isSmall} />
        </AppShell.Header>
        <AppShell.Navbar>
          <Navigation current={screen?.id ?? ''} isNarrow={isNarrow} isForced={isSmall} />
        </AppShell.Navbar>
        <AppShell.Main id="main" ref={main} tabIndex={-1} style={{ background: 'var(--app-canvas)' }}>
          <LostBanner />
          {isKnown && View ? (
            <FaultBoundary key={screen.id}>
              <View item={place.item} />
            </FaultBoundary>
          ) : (
            <FirstContact />
          )}
        </AppShell.Main>
      </AppShell>
      <Palette />
      <Shortcuts />
    </>
  )
}
