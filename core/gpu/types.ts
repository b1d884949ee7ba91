/** The programs that are asked. */
export type Probe = 'nvidia-smi' | 'nvidia-list' | 'rocminfo' | 'vulkaninfo'

/** What a program said. `missing`: there is none; `silent`: it did not end in time. */
export type ProbeAnswer =
  | { readonly outcome: 'answered'; readonly exitCode: number | null; readonly stdout: string }
  | { readonly outcome: 'missing' | 'silent' | 'failed' }

/** What is to be looked at on one platform. */
export interface GpuPlan {
  readonly commands: readonly { readonly probe: Probe; readonly argv: readonly [string, ...string[]] }[]
  /** Files whose being there tells something. */
  readonly paths: readonly string[]
  /** Small files whose text tells something. */
  readonly texts: readonly string[]
}

/** What the look has found: all that a decision takes. */
export interface GpuFacts {
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** What the system calls its processor. */
  readonly processor: string
  readonly answers: Readonly<Partial<Record<Probe, ProbeAnswer>>>
  readonly paths: ReadonlySet<string>
  readonly texts: Readonly<Record<string, string>>
}
