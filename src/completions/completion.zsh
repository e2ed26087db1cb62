#compdef PROGRAM
FUNCTION() {
    local line="${BUFFER[1,CURSOR]#* }"
    local -a found
    found=(${(f)"$(PROGRAM "[suggest:${#line}]" "$line" 2>/dev/null)"})
    compadd -a found || _files
}
if [ "$funcstack[1]" = "_PROGRAM" ]; then
    FUNCTION "$@"
else
    compdef FUNCTION PROGRAM
fi
