import { z } from 'zod'
import { answer, noParams } from '../command.ts'
import { diagnosticsSchema } from '../models/diagnostics.ts'
import { gpuReportSchema } from '../models/gpu.ts'
import { checkSchema, hostInfoSchema, snapshotSchema } from '../models/host.ts'
import { jobSchema } from '../models/job.ts'
import { settingsChangeSchema, settingsFileEffectSchema, settingsSchema } from '../models/settings.ts'

/** Of a file of settings. */
const fileText = z.object({ text: z.string().max(1_000_000) }).strict()

const byId = z.object({ id: z.string().min(1) }).strict()

export const hostCommands = {
  'host.info': answer({ access: 'read', summary: 'Tell which host this is', params: noParams, result: hostInfoSchema }),
  'host.snapshot': answer({
    access: 'read',
    summary: 'Tell everything at one moment',
    params: noParams,
    result: snapshotSchema,
  }),
  'host.stop': answer({
    access: 'write',
    summary: 'Stop every server and end the host',
    params: noParams,
    result: z.object({ pid: z.number().int() }),
  }),
  'host.browserAddress': answer({
    access: 'write',
    summary: 'Open the browser door, and give an address that lets one browser in, once',
    params: z.object({ port: z.number().int().min(0).max(65535).default(0) }).strict(),
    result: z.object({ url: z.string() }),
  }),
  'jobs.list': answer({
    access: 'read',
    summary: 'List running and recent jobs',
    params: noParams,
    result: z.array(jobSchema),
  }),
  'jobs.get': answer({ access: 'read', summary: 'Show one job', params: byId, result: jobSchema }),
  'jobs.cancel': answer({
    access: 'write',
    summary: 'Cancel a running job',
    params: z
      .object({
        id: z.string().min(1),
        /** Only the one who asks wants it no more: it goes on as long as somebody else who started it is left. */
        release: z.boolean().default(false),
      })
      .strict(),
    result: jobSchema,
  }),
  'jobs.retry': answer({
    access: 'write',
    summary: 'Do again what an ended job did',
    params: byId,
    result: jobSchema,
  }),
  'settings.get': answer({ access: 'read', summary: 'Show the settings', params: noParams, result: settingsSchema }),
  'settings.update': answer({
    access: 'write',
    summary: 'Change settings',
    params: settingsChangeSchema.strict(),
    result: settingsSchema,
  }),
  'settings.export': answer({
    access: 'read',
    summary: 'Write the settings down as a file, without passwords',
    params: noParams,
    result: z.object({ name: z.string(), text: z.string() }),
  }),
  'settings.preview': answer({
    access: 'read',
    summary: 'Tell what a file of settings would change, without changing anything',
    params: fileText,
    result: settingsFileEffectSchema,
  }),
  'settings.import': answer({
    access: 'write',
    summary: 'Take the settings of a file, all of them or none; what it does not say stays',
    params: fileText,
    result: settingsFileEffectSchema.extend({ settings: settingsSchema }),
  }),
  'gpu.get': answer({
    access: 'read',
    summary: 'Tell which GPU back end this machine has, for which packages are chosen',
    params: z
      .object({
        /** Looks again, instead of telling what was found before. */
        refresh: z.boolean().default(false),
      })
      .strict(),
    result: gpuReportSchema,
  }),
  'doctor.run': answer({
    access: 'read',
    summary: 'Check this installation',
    params: noParams,
    result: z.array(checkSchema),
  }),
  'diagnostics.collect': answer({
    access: 'read',
    summary: 'Gather what somebody needs who is to find out what is wrong here, without secrets',
    params: noParams,
    result: diagnosticsSchema,
  }),
} as const
