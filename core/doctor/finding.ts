import type { Check } from '../../contract/index.ts'

/** What a check comes to. */
export type Finding = Pick<Check, 'outcome' | 'detail' | 'hint'>
