import { config } from 'zod'

// Imported before anything that makes a schema: the policy of the page forbids code from text, and zod would report a violation by
// merely trying whether it may.
config({ jitless: true })
