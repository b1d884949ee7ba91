#!/bin/sh
# Runs Python from a shell, in a running server over http: `sh main.sh demo`
set -eu
endpoint="${BEEP_HOME:-$HOME/.beep-python}/endpoints/${1:-demo}.json"

# With jq it is `jq -r .url "$endpoint"`; `beep-host endpoint demo --field url` does the same.
field() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$endpoint"; }
url=$(field url)
token=$(field token)

ask() {
  curl --silent --noproxy '*' "$url/$1" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$2"
  echo
}

# A result has its `value`, an error its `code`, `message` and `traceback`; the status tells them apart.
ask eval '{"expression": "import math\nround(math.pi * r ** 2, 2)", "locals": {"r": 4}}'
# A line of JSON for whatever the code prints, as it prints it, and its result last.
ask execute '{"code": "for n in range(3): print(n)"}'
ask eval '{"expression": "1 / 0"}'
