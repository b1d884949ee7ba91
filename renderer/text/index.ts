import { createInstance } from 'i18next'
import { en } from './en.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'translation'
    readonly resources: { readonly translation: typeof en }
  }
}

/** All text on screen that is ours. What the host says (titles of jobs, errors, checks) comes as it is. */
export const texts = createInstance()
void texts.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // The catalog is in the bundle: there is nothing to wait for.
  initAsync: false,
  // React escapes.
  interpolation: { escapeValue: false },
  returnNull: false,
})

/** The text for a key of the catalog: `t('home.title')`, `t('jobs.running', { count: 2 })`. */
export const t = texts.t.bind(texts)
export type TextKey = Parameters<typeof t>[0]
