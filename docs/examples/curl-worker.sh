#!/usr/bin/env bash
# curl-worker.sh URL TYPE COMMAND...: runs a command for each job, with the arguments on standard input and the result on standard output.
url=$1 type=$2
shift 2
call() { curl --silent --show-error --fail-with-body --retry 9 --retry-connrefused --json "$2" "$url/v1/worker/$1"; }
while jobs=$(call lease "{\"worker\": \"curl\", \"types\": [\"$type\"], \"max\": 1, \"wait\": \"20s\"}"); do
  jq --compact-output '.jobs[]' <<< "$jobs" | while read -r job; do
    if result=$(jq --compact-output .args <<< "$job" | "$@"); then
      report=$(jq --argjson result "${result:-null}" '{lease, outcome: "complete", $result}' <<< "$job")
    else
      report=$(jq --arg code "exit-$?" '{lease, outcome: "fail", error: {$code}}' <<< "$job")
    fi
    call report "{\"reports\": [$report]}"
  done
done
