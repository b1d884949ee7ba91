import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { t } from '../../text/index.ts'
import { saveText } from '../../ui/save-text.ts'
import { tell } from '../../ui/tell.ts'

const name = 'python_service.proto'

/** The description of the gRPC service, from which every language makes its own client. Fetched when it is asked for. */
export function SaveProto() {
  const save = async () => {
    // oxlint-disable-next-line eslint/no-restricted-imports -- no code: the file itself
    const { default: text } = await import('../../../contract/wire/python_service.proto?raw')
    saveText(name, text)
  }
  return (
    <Button
      size="compact-sm"
      variant="default"
      style={{ flexShrink: 0 }}
      leftSection={<IconDownload size={14} aria-hidden />}
      onClick={() => void tell(save())}
    >
      {t('servers.connect.saveProto', { name })}
    </Button>
  )
}
