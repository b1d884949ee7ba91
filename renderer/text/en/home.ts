export const home = {
  name: 'Home',
} as const
