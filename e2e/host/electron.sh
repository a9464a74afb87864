#!/bin/sh
# The stand-in for the Electron executable: the same arguments (-r, --inspect, the app's folder).
inspect=
for argument in "$@"; do
  case "$argument" in --inspect*) inspect=$argument ;; esac
done
exec node $inspect "$(dirname "$(readlink -f "$0")")/boot.cjs" "$@"
