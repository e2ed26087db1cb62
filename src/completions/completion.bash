FUNCTION() {
    local line="${COMP_LINE:0:COMP_POINT}" current="${COMP_WORDS[COMP_CWORD]}" word
    line="${line#* }"
    COMPREPLY=()
    while IFS= read -r word; do
        [[ $word == "$current"* ]] && COMPREPLY+=("$word")
    done < <(PROGRAM "[suggest:${#line}]" "$line" 2>/dev/null)
}
complete -o default -F FUNCTION PROGRAM
