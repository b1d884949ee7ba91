/** The environment that packages go into. */
export interface Target {
  readonly name: string
  readonly root: string
  readonly executable: string
  /** The interpreter that the environment was made with; its pip serves it. */
  readonly base: string
  /** Compile to byte code at once: for an environment whose first start must be quick. pip always does. */
  readonly compile: boolean
  /** Asked beside the usual index. */
  readonly indexes?: readonly string[] | undefined
}
