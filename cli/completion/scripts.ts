/** What a shell has to read once, by its name; each asks the program itself what fits. */
export const completionScripts = {
  bash: `# weir: completion for bash
_weir() {
  local word
  COMPREPLY=()
  while IFS='' read -r word; do COMPREPLY+=("$word"); done \\
    < <("\${COMP_WORDS[0]}" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _weir weir
`,
  zsh: `#compdef weir
_weir() {
  local -a found
  found=("\${(@f)$("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then compadd -a found; else _files; fi
}
compdef _weir weir
`,
  fish: `# weir: completion for fish
function __weir_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found ($words[1] __complete -- $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c weir -f -a '(__weir_complete)'
`,
} as const;

export type Shell = keyof typeof completionScripts;
