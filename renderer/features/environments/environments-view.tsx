import type { ScreenProps } from '../../ui/screen.ts'
import { EnvironmentList } from './environment-list.tsx'
import { EnvironmentPage } from './environment-page.tsx'

/** The list, or one environment with all that is in it. */
export function EnvironmentsView({ item }: ScreenProps) {
  return item === undefined ? <EnvironmentList /> : <EnvironmentPage key={item} name={item} />
}
