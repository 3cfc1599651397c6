#!/bin/sh
# Set up what is missing and start the program: sh packaging/run.sh [command of the program ...]
# With a display the window opens. Without one, and without a command, the worked example is built and checked instead.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$ROOT/packaging/linux/setup.sh"

prepare_machine run
prepare_venv run "$ROOT/requirements.lock"

# -P: the current folder is where the user's files are, never where code comes from.
program() { PYTHONPATH="$ROOT" "$VENV/bin/python" -P -m app "$@"; }

if [ "$#" -gt 0 ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    PYTHONPATH="$ROOT" exec "$VENV/bin/python" -P -m app "$@"
fi

EXAMPLE=$ROOT/build/example
LIBRARY=$EXAMPLE/示例资料库
say "这台电脑没有显示器，不开窗口，改为从头做一遍示例：$EXAMPLE"
rm -rf "$EXAMPLE"
mkdir -p "$EXAMPLE"

program demo "$LIBRARY" --example shandong-linyi-single
program export "$LIBRARY" "$EXAMPLE" --json > "$EXAMPLE/export.json"
PACKAGE=$("$VENV/bin/python" -c 'import json, sys; print(json.load(open(sys.argv[1], encoding="utf-8"))["path"])' \
    "$EXAMPLE/export.json")
program verify "$PACKAGE"
program binder "$LIBRARY" -o "$EXAMPLE/证据册.pdf"

code=0
program check "$LIBRARY" > "$EXAMPLE/检查结果.txt" || code=$?
[ "$code" -le 1 ] || exit "$code" # 1: there are findings, which is what is asked for here

# The findings are long, so the paths come last, where they are seen.
printf '\n检查结果\n'
cat "$EXAMPLE/检查结果.txt"
printf '\n报送包（已核对）：%s\n证据册：%s\n检查结果：%s\n' \
    "$PACKAGE" "$EXAMPLE/证据册.pdf" "$EXAMPLE/检查结果.txt"
