import type { Command } from 'commander'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** What may follow the words of a verb or a family: `''` stands for `beep-host` alone. */
export type CompletionTree = ReadonlyMap<
  string,
  { readonly words: readonly string[]; readonly options: readonly string[] }
>

export function completionTree(program: Command): CompletionTree {
  const tree = new Map<string, { words: string[]; options: string[] }>()
  const visit = (command: Command, paths: readonly string[]) => {
    const words = command.commands.flatMap((child) => [child.name(), ...child.aliases()])
    const options = command.options.flatMap((option) => (option.long ? [option.long] : []))
    for (const path of paths) tree.set(path, { words, options: [...options, '--help'] })
    for (const child of command.commands) {
      const names = [child.name(), ...child.aliases()]
      visit(
        child,
        paths.flatMap((path) => names.map((name) => (path === '' ? name : `${path} ${name}`))),
      )
    }
  }
  visit(program, [''])
  return tree
}

/** Words and options of every verb, written out: the shell need not start anything to complete them. */
export function completionScript(shell: Shell, tree: CompletionTree): string {
  return shell === 'fish' ? fishScript(tree) : bashScript(tree, shell === 'zsh')
}

/** zsh reads bash completions after `bashcompinit`. */
function bashScript(tree: CompletionTree, inZsh: boolean): string {
  const cases = [...tree].map(
    ([path, { words, options }]) => `    '${path}') words='${words.join(' ')}'; options='${options.join(' ')}' ;;`,
  )
  return [
    ...(inZsh ? ['autoload -U +X bashcompinit && bashcompinit'] : []),
    '_beep_host_after() {',
    '  case "$1" in',
    ...cases,
    '    *) return 1 ;;',
    '  esac',
    '}',
    '_beep_host() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" first="" second="" words="" options="" i',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    '    case "${COMP_WORDS[i]}" in -*) continue ;; esac',
    '    if [ -z "$first" ]; then first="${COMP_WORDS[i]}"; elif [ -z "$second" ]; then second="${COMP_WORDS[i]}"; fi',
    '  done',
    // The second word is a verb after a noun, and an argument after a verb.
    '  _beep_host_after "$first${second:+ $second}" || _beep_host_after "$first"',
    '  case "$current" in -*) words="$options" ;; esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _beep_host beep-host',
  ].join('\n')
}

function fishScript(tree: CompletionTree): string {
  const lines = ['complete -c beep-host -e']
  for (const [path, { words, options }] of tree) {
    const seen = path.split(' ').filter(Boolean)
    const siblings = words.length === 0 ? '' : `; and not __fish_seen_subcommand_from ${words.join(' ')}`
    const here = seen.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ')
    const condition = here === '' ? '__fish_use_subcommand' : here + siblings
    if (words.length > 0) lines.push(`complete -c beep-host -f -n '${condition}' -a '${words.join(' ')}'`)
    for (const option of options) lines.push(`complete -c beep-host -n '${condition}' -l ${option.slice(2)}`)
  }
  return lines.join('\n')
}
