import { createProgram } from '../program.ts'
import { completionScript, completionTree, shells } from '../completion.ts'
import { requiredChoice } from '../inputs.ts'
import { verb } from '../verb.ts'
import type { Verb } from '../verb.ts'
import { version } from '../version.ts'

/** @param verbs all of them, this one among them: asked for when it runs. */
export const completion = (verbs: () => readonly Verb[]) =>
  verb({
    words: ['completion'],
    summary: 'Print what makes a shell complete these words',
    commands: [],
    inputs: { shell: requiredChoice('shell', shells.join(', '), shells) },
    more: 'bash: source <(beep-host completion bash); zsh: the same after compinit; fish: beep-host completion fish | source',
    async run(_context, { shell }) {
      const nothing = () => {}
      const program = createProgram({ verbs: verbs(), version, onParsed: nothing, write: nothing, writeError: nothing })
      const script = completionScript(shell, completionTree(program))
      return { json: { shell, script }, text: script }
    },
  })
