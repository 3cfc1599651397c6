#!/bin/sh
# Set up what is missing and run the tests: sh packaging/test.sh [--slow] [arguments of pytest ...]
# --slow adds what takes minutes: the office suite as judge, the frozen build, the long fault runs.
# Tests that drive real windows run first, in a process of their own on a virtual screen; then all others, off screen.
# These use every core: each file's tests stay together in one process (a later -n 0 among the arguments undoes it).
# The last line is pytest's own, of the run that failed if one did.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$ROOT/packaging/linux/setup.sh"

on_screen='xvfb and not slow'
off_screen='not xvfb and not slow'
needs='run test'
if [ "${1:-}" = --slow ]; then
    shift
    on_screen='xvfb'
    off_screen='not xvfb'
    needs='run test slow'
fi

# shellcheck disable=SC2086  # one word per occasion is meant
prepare_machine $needs
prepare_venv test "$ROOT/requirements-dev.lock" "$ROOT/requirements-source.lock"

cd "$ROOT"
none_collected=5 # pytest's exit code when the arguments select no test of a run

report=$(mktemp)
trap 'rm -f "$report"' EXIT
screen_code=0
QT_QPA_PLATFORM=xcb xvfb-run -a -s '-screen 0 1920x1080x24' \
    "$VENV/bin/python" -m pytest -m "$on_screen" "$@" > "$report" 2>&1 </dev/null || screen_code=$?
[ "$screen_code" -eq "$none_collected" ] || cat "$report"

code=0
QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} \
    "$VENV/bin/python" -m pytest -n auto --dist loadfile -m "$off_screen" "$@" </dev/null || code=$?

if [ "$screen_code" -eq "$none_collected" ]; then
    exit "$code"
fi
if [ "$screen_code" -ne 0 ] || [ "$code" -eq "$none_collected" ]; then
    tail -n 1 "$report"
fi
if [ "$code" -eq 0 ] || [ "$code" -eq "$none_collected" ]; then
    code=$screen_code
fi
exit "$code"
