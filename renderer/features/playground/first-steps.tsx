import { Button, Stack, Text } from '@mantine/core'
import { setCode } from '../../stores/playground.ts'
import { t } from '../../text/index.ts'
import { examples } from './examples.ts'

/** Before the first run: what will be seen here, and code to begin with. */
export function FirstSteps() {
  return (
    <Stack p="lg" gap="sm" align="flex-start">
      <Text fw={600}>{t('playground.first')}</Text>
      <Text size="sm" c="dimmed">
        {t('playground.slate')}
      </Text>
      <Text size="sm" fw={600} mt="xs">
        {t('playground.examplesTitle')}
      </Text>
      <Stack gap={6} align="flex-start">
        {examples.map(({ id, code }) => (
          <Button key={id} size="compact-sm" variant="light" onClick={() => setCode(code)}>
            {t(`playground.examples.${id}`)}
          </Button>
        ))}
      </Stack>
    </Stack>
  )
}
