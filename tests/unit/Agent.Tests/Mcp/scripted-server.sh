#!/bin/sh
# An MCP server over standard input and output: one JSON-RPC message a line. $1 is the protocol version it speaks, if not the one asked for.
answer() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$1"; }
text() { answer "{\"content\":[{\"type\":\"text\",\"text\":\"$1\"}]}"; }
echo "scripted server is up" >&2
while IFS= read -r line; do
    id=$(printf '%s' "$line" | sed -n 's/.*"id":\([0-9][0-9]*\).*/\1/p')
    case $line in
    *'"method":"initialize"'*)
        version=${1:-$(printf '%s' "$line" | sed -n 's/.*"protocolVersion":"\([^"]*\)".*/\1/p')}
        answer "{\"protocolVersion\":\"$version\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"},\"instructions\":\"Use echo for echoing.\"}"
        ;;
    *'"method":"tools/list"'*'"cursor":"2"'*)
        answer '{"tools":[{"name":"environment","annotations":{"readOnlyHint":true},"inputSchema":{"type":"object"}},{"name":"directory","annotations":{"readOnlyHint":true}},{"name":"hang","annotations":{"readOnlyHint":true}},{"name":"spawn","annotations":{"readOnlyHint":true}},{"name":"die","annotations":{"readOnlyHint":true}}]}'
        ;;
    *'"method":"tools/list"'*)
        answer '{"tools":[{"name":"echo","description":"Echo text","inputSchema":{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]},"annotations":{"readOnlyHint":true}},{"name":"write-thing","description":"Write","inputSchema":{"type":"object","properties":{}}},{"name":"picture","annotations":{"readOnlyHint":true}},{"name":"fail","annotations":{"readOnlyHint":true}},{"name":"refuse","annotations":{"readOnlyHint":true}}],"nextCursor":"2"}'
        ;;
    *'"name":"echo"'*) text "echoed: $(printf '%s' "$line" | sed -n 's/.*"text":"\([^"]*\)".*/\1/p')" ;;
    *'"name":"write-thing"'*) text "written" ;;
    *'"name":"picture"'*) answer '{"content":[{"type":"text","text":"A pixel:"},{"type":"image","data":"QUJD","mimeType":"image/png"}],"structuredContent":{"width":1}}' ;;
    *'"name":"fail"'*) answer '{"content":[{"type":"text","text":"no such row"}],"isError":true}' ;;
    *'"name":"refuse"'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32602,"message":"bad arguments"}}\n' "$id" ;;
    *'"name":"environment"'*) text "$(env | sort | tr '\n' ';')" ;;
    *'"name":"directory"'*) text "$(pwd)" ;;
    *'"name":"hang"'*) ;;
    *'"name":"spawn"'*)
        sleep 1000 &
        text "$!"
        ;;
    *'"name":"die"'*) exit 3 ;;
    esac
done
