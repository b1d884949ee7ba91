import { Box, Button, Group, useComputedColorScheme } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTheme } from '../../stores/theme.ts'
import { t } from '../../text/index.ts'
import { displayForm, frameDocument, frameHeight } from './display-form.ts'

export interface DisplayBlockProps {
  readonly data: Readonly<Record<string, string>>
  readonly number: number
}

/** A figure, a table, or its plain form. HTML stands in a frame of its own, where nothing runs and nothing is loaded. */
export function DisplayBlock({ data, number }: DisplayBlockProps) {
  const form = useMemo(() => displayForm(data), [data])
  const [isText, setText] = useState(false)
  if (form.kind === 'text') return <pre className="playground-text">{form.text}</pre>
  return (
    <Box my={6} role="group" aria-label={t('playground.display.title', { number })}>
      {isText ? (
        <pre className="playground-text">{form.text}</pre>
      ) : form.kind === 'image' ? (
        <img
          className="playground-picture"
          src={form.address}
          alt={t('playground.display.picture', { text: form.text })}
        />
      ) : (
        <HtmlFrame html={form.html} text={form.text} />
      )}
      <Group gap={6} mt={4}>
        {form.kind === 'html' && (
          <Button size="compact-xs" variant="default" aria-pressed={isText} onClick={() => setText(!isText)}>
            {t(isText ? 'playground.display.asPage' : 'playground.display.asText')}
          </Button>
        )}
        {form.kind === 'image' && (
          <Button
            size="compact-xs"
            variant="default"
            component="a"
            href={form.address}
            download={`${t('playground.display.file')}-${number}.${form.type.replace(/^image\/|\+xml$/gu, '')}`}
          >
            {t('playground.display.save')}
          </Button>
        )}
      </Group>
    </Box>
  )
}

function HtmlFrame({ html, text }: { readonly html: string; readonly text: string }) {
  const scheme = useComputedColorScheme('light')
  // A change of theme changes the variables that are read here.
  const theme = useTheme((state) => state.theme)
  const page = useMemo(() => {
    const look = getComputedStyle(document.documentElement)
    const color = (name: string) => look.getPropertyValue(name).trim()
    return frameDocument(html, {
      scheme,
      text: color('--mantine-color-text'),
      background: color('--mantine-color-body'),
      line: color('--app-line'),
    })
  }, [html, scheme, theme])
  return (
    <iframe
      className="playground-frame"
      sandbox=""
      srcDoc={page}
      title={t('playground.display.frame', { text: text.slice(0, 200) })}
      style={{ height: frameHeight(html) }}
    />
  )
}
