import type { ServerVariable } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { originText } from './variable-list.ts'

export interface VariableTableProps {
  readonly label: string
  readonly variables: readonly ServerVariable[]
}

export function VariableTable({ label, variables }: VariableTableProps) {
  return (
    <table className="table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col" style={{ width: '29%' }}>
            {t('servers.variables.name')}
          </th>
          <th scope="col">{t('servers.variables.value')}</th>
          <th scope="col" style={{ width: 128 }}>
            {t('servers.variables.from')}
          </th>
          <th scope="col" style={{ width: 114 }}>
            <span className="visually-hidden">{t('servers.variables.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {variables.map((variable) => (
          <Row key={variable.name} variable={variable} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ variable }: { readonly variable: ServerVariable }) {
  const { name, value, from, isMasked } = variable
  return (
    <tr>
      <td className="break">
        <code>{name}</code>
      </td>
      <td className="break">
        <code>{value}</code>
        {isMasked && <div className="small">{t('servers.variables.masked')}</div>}
      </td>
      <td title={t(`servers.variables.originHints.${from}`)}>{originText(variable)}</td>
      <td className="number" style={{ paddingInline: 8 }}>
        <CopyButton text={value} name={t('servers.variables.copyOf', { name })} />
      </td>
    </tr>
  )
}
