// Runs before each test file, in its process.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

/** What a developer's shell may carry and a test must not depend on. Where packages come from stays: that is the machine's business. */
const poison =
  /^(PYTHON(?!UNBUFFERED$|DONTWRITEBYTECODE$)|CONDA_|VIRTUAL_ENV|__PYVENV_|PIP_(TARGET|PREFIX|ROOT|USER|PYTHON|REQUIRE_VIRTUALENV|DRY_RUN|NO_DEPS|REQUIREMENT|CONSTRAINT)$|UV_(PYTHON|SYSTEM_PYTHON|PROJECT|WORKING_DIR)|BEEP_(?!TEST_)|FORCE_COLOR$|NO_COLOR$|CLICOLOR)/iu

for (const name of Object.keys(process.env)) if (poison.test(name)) delete process.env[name]

// Whatever falls back to the default data root lands here and not in the developer's own.
const home = mkdtempSync(path.join(tmpdir(), 'beep dàta-'))
process.env['BEEP_HOME'] = home
afterAll(() => rmSync(home, { recursive: true, force: true }))
