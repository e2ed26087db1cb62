function _FUNCTION_complete
    set -l line (commandline -cp | string replace -r '^\S+\s' '')
    set -l word (commandline -ct)
    set -l found (PROGRAM "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match -- "$word*")
    if set -q found[1]
        printf '%s\n' $found
    else
        __fish_complete_path "$word"
    end
end
complete -c PROGRAM -f -a '(_FUNCTION_complete)'
