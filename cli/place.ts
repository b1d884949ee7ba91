/** Where a command line belongs. */
export interface Place {
  /** The data root, absolute. */
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  /** False where another command line would look somewhere else, and needs `--home`. */
  readonly isUsualHome: boolean
}
