export const runtimes = {
  name: 'Runtimes',
} as const
