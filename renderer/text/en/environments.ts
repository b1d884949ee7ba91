export const environments = {
  name: 'Environments',
} as const
