// Checked by `tsc -p tests`; nothing here runs. The run-time half is tests/architecture/handlers.test.ts.
import { expectTypeOf } from 'vitest'
import type {
  AnswerCommandName,
  CheckedParams,
  CommandName,
  CommandParams,
  CommandReply,
  Environment,
  Job,
  JobCommandName,
  Settings,
} from '../../../contract/index.ts'
import type { Handlers } from '../../../core/dispatch.ts'

// Every command has a handler, and every handler a command.
expectTypeOf<keyof Handlers>().toEqualTypeOf<CommandName>()
expectTypeOf<AnswerCommandName | JobCommandName>().toEqualTypeOf<CommandName>()
expectTypeOf<AnswerCommandName & JobCommandName>().toEqualTypeOf<never>()

// A missing one does not pass.
declare const allButOne: Omit<Handlers, 'host.info'>
// @ts-expect-error host.info is missing
expectTypeOf(allButOne).toExtend<Handlers>()

// A handler gets checked params and answers what the contract says; a job's handler answers with the job.
expectTypeOf<Parameters<Handlers['environments.create']>[0]>().toEqualTypeOf<CheckedParams<'environments.create'>>()
expectTypeOf<Awaited<ReturnType<Handlers['environments.list']>>>().toEqualTypeOf<Environment[]>()
expectTypeOf<Awaited<ReturnType<Handlers['environments.create']>>>().toEqualTypeOf<Job>()

// A caller may leave out what has a default; a handler finds it filled in.
expectTypeOf<CommandParams<'environments.create'>['packages']>().toEqualTypeOf<string[] | undefined>()
expectTypeOf<CheckedParams<'environments.create'>['packages']>().toEqualTypeOf<string[]>()
expectTypeOf<CommandReply<'environments.create'>>().toEqualTypeOf<{ readonly job: Job }>()
expectTypeOf<CommandReply<'settings.update'>>().toEqualTypeOf<Settings>()

// A change of the settings names what changes, and no more.
expectTypeOf<CheckedParams<'settings.update'>>().toExtend<Partial<Record<keyof Settings, unknown>>>()
