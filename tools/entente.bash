# Completion of entente's commands, options and words for bash: the program itself says what may come next, so that
# this script never has to change. Sourced by bash-completion from share/bash-completion/completions/entente.
_entente()
{
	local line
	COMPREPLY=()
	while IFS= read -r line; do
		COMPREPLY+=("$line")
	done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
	# A list goes on behind its comma; a word that is whole gets its space.
	[ "${#COMPREPLY[@]}" -gt 0 ] || compopt -o default
}
complete -F _entente entente
