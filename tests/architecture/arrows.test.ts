import { describe, expect, it } from 'vitest'
import { importProblem } from './arrows.ts'

const problem = (file: string, specifier: string) => importProblem(file, { specifier })

describe('the arrows', () => {
  it.each([
    ['contract/commands/host.ts', 'zod'],
    ['contract/commands/host.ts', '../command.ts'],
    ['core/platform/layout.ts', 'node:path'],
    ['core/platform/layout.ts', '../../contract/index.ts'],
    ['core/process/terminate.ts', '../platform/index.ts'],
    ['core/process/start-child.ts', 'execa'],
    ['core/process/start-child.ts', 'node:child_process'],
    ['core/storage/sweep.ts', '../platform/index.ts'],
    ['core/jobs/registry.ts', '../events/index.ts'],
    ['core/runtimes/archive/extract.ts', 'tar'],
    ['core/runtimes/archive/extract.ts', '../../process/index.ts'],
    ['core/servers/types.ts', '../runtimes/index.ts'],
    ['core/servers/types.ts', 'zod'],
    ['core/control/door.ts', '../dispatch.ts'],
    ['core/host.ts', './control/index.ts'],
    ['core/version.ts', '../package.json'],
    ['cli/main.ts', '../client/src/control.ts'],
    ['cli/main.ts', '../contract/index.ts'],
    ['cli/headless.ts', '../core/index.ts'],
    ['cli/program.ts', 'commander'],
    ['client/src/index.ts', 'node:net'],
    ['client/src/index.ts', './errors.ts'],
    ['bin/beep-host.mjs', '../cli/main.ts'],
    ['tests/unit/x.test.ts', '../../core/storage/atomic-file.ts'],
  ])('%s may import %s', (file, specifier) => {
    expect(problem(file, specifier)).toBeUndefined()
  })

  it.each([
    ['contract/names.ts', 'node:path', /zod only/u],
    ['contract/names.ts', '../core/index.ts', /stands alone/u],
    ['core/platform/x.ts', '../process/index.ts', /stands above/u],
    ['core/platform/x.ts', 'electron', /no package electron/u],
    ['core/platform/x.ts', 'electron/main', /no package electron/u],
    ['core/platform/x.ts', '@scope/name/deep', /no package @scope\/name/u],
    ['core/storage/x.ts', '../jobs/index.ts', /neighbours/u],
    ['core/events/x.ts', '../jobs/index.ts', /neighbours/u],
    ['core/events/x.ts', '../storage/index.ts', /neighbours/u],
    ['core/runtimes/x.ts', '../environments/index.ts', /stands above/u],
    ['core/runtimes/x.ts', '../platform/layout.ts', /entered through core\/platform\/index\.ts/u],
    ['core/runtimes/a/x.ts', '../../platform/layout.ts', /entered through/u],
    ['core/runtimes/x.ts', '../create-core.ts', /stands above/u],
    ['core/runtimes/x.ts', '../index.ts', /stands above/u],
    ['core/runtimes/x.ts', '../newroom/index.ts', /no place in the order/u],
    ['core/runtimes/x.ts', 'execa', /no package execa/u],
    ['core/runtimes/x.ts', 'node:child_process', /core\/process only/u],
    ['core/runtimes/x.ts', 'child_process', /core\/process only/u],
    ['core/host.ts', '../cli/main.ts', /does not know cli/u],
    ['core/host.ts', '../client/src/index.ts', /does not know client/u],
    ['core/host.ts', '../contract/names.ts', /entered through contract\/index\.ts/u],
    ['core/host.ts', '../renderer/app.ts', /nothing from there/u],
    ['core/host.ts', '../tests/tools/x.ts', /nothing from there/u],
    ['core/host.ts', '../../elsewhere/x.ts', /outside/u],
    ['cli/run.ts', '../core/index.ts', /headless\.ts only/u],
    ['cli/headless.ts', '../core/host.ts', /entered through core\/index\.ts/u],
    ['cli/main.ts', '../client/src/home.ts', /entered through client/u],
    ['cli/run.ts', 'node:child_process', /core\/process only/u],
    ['client/src/index.ts', 'zod', /node:\* only/u],
    ['client/src/index.ts', '../../contract/index.ts', /stands alone/u],
    ['bin/beep-host.mjs', '../core/index.ts', /starts cli/u],
  ])('%s may not import %s', (file, specifier, why) => {
    expect(problem(file, specifier)).toMatch(why)
  })
})
