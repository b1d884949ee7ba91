import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTheme } from '../stores/theme.ts'
import { Shell } from './shell.tsx'
import { theme, variables } from './theme.ts'

export function App() {
  const choice = useTheme((state) => state.theme)
  const scheme = choice === 'light' || choice === 'dark' ? choice : 'auto'
  useEffect(() => {
    const asked = window.matchMedia('(prefers-contrast: more)')
    const follow = () => {
      const isMore = choice === 'contrast' || (choice === 'system' && asked.matches)
      document.documentElement.toggleAttribute('data-contrast', isMore)
      if (isMore) document.documentElement.dataset['contrast'] = 'more'
    }
    follow()
    asked.addEventListener('change', follow)
    return () => asked.removeEventListener('change', follow)
  }, [choice])
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      {...(scheme === 'auto' ? {} : { forceColorScheme: scheme })}
    >
      {/* Below dialogs: whoever fills one in finds its buttons where they were. Above drawers, whose buttons speak here. */}
      <Notifications
        position="bottom-right"
        limit={4}
        zIndex={190}
        containerWidth={360}
        notificationMaxHeight="var(--notice-height)"
      />
      <Shell />
    </MantineProvider>
  )
}
