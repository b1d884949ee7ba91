// Runs before anything is painted, which a module would not: the theme as the host wrote it into the page, else as this
// browser saw it last. What stores/theme.ts and app/app.tsx do once they are there, they do to the same attributes.
{
  const root = document.documentElement
  let theme = root.dataset.theme
  try {
    theme ??= JSON.parse(localStorage.getItem('beep-theme') ?? 'null') ?? undefined
  } catch {
    // Nothing kept, or no storage: the system decides.
  }
  const likes = (what) => matchMedia(`(prefers-${what})`).matches
  const isDark = theme === 'dark' || (theme !== 'light' && likes('color-scheme: dark'))
  root.dataset.mantineColorScheme = isDark ? 'dark' : 'light'
  if (theme === 'contrast' || (theme !== 'light' && theme !== 'dark' && likes('contrast: more')))
    root.dataset.contrast = 'more'
}
