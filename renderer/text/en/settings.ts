export const settings = {
  name: 'Settings',
} as const
