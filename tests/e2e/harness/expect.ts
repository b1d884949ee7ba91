import { expect as patient } from '@playwright/test'

/** Waits for what is to be seen. Milliseconds: a deadline for what never comes, on a machine that may be small and busy. */
export const expect = patient.configure({ timeout: 20_000 })
