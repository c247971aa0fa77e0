#!/bin/bash
# The whole comparison: data, timings in alternating rounds, checks, a Markdown table. Set-up first, and after each change: ./setup.sh
#   ./run.sh [--work DIR] [--workloads W2,W4,faithful] [--peers gmm,skloop] [--rounds 3] [--limit 60] [--keep]
# Raw results go to DIR/results.jsonl (--keep adds to those of earlier runs), the table to DIR/table.md and the screen.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${TMPDIR:-/tmp}/gmm-side-by-side
keep=no
options=()
while [ $# -gt 0 ]; do
  case $1 in
    --work) work=$2; shift 2 ;;
    --keep) keep=yes; shift ;;
    --workloads | --peers | --rounds | --limit) options+=("$1" "$2"); shift 2 ;;
    *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
  esac
done

if [ ! -x "$work/bin/armadillo_peer" ] || [ ! -x "$work/bin/gmm-peer/gmm-peer" ]; then
  "$here/setup.sh" --no-install --work "$work"
fi
[ "$keep" = yes ] || rm -f "$work/results.jsonl"
/usr/bin/python3 "$here/data.py" --work "$work"
/usr/bin/python3 "$here/compare.py" run --work "$work" ${options[@]+"${options[@]}"}
/usr/bin/python3 "$here/compare.py" table --work "$work" | tee "$work/table.md"
