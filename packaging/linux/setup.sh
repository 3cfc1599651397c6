# Set-up shared by packaging/run.sh and packaging/test.sh. Sourced by them with ROOT set to the project folder; POSIX sh.
# Sets VENV and PYTHON. Everything said here goes to stderr, so that a command's own output stays clean.

VENV=${XIESHANG_VENV:-$ROOT/.venv}

# say LINE...: to the user, one line each.
say() { printf '%s\n' "$@" >&2; }

stop() {
    say "$@"
    exit 1
}

# Qt and Chinese file names both want UTF-8; a bare machine often has no language set at all.
case $(locale charmap 2>/dev/null || true) in
    UTF-8) ;;
    *) LC_ALL=C.UTF-8 && export LC_ALL ;;
esac

is_root() { [ "$(id -u)" -eq 0 ]; }

as_root() {
    if is_root; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@" # nobody is there to type a password
    fi
}

# missing_packages WHEN...: one "package why" line for each package of needs.txt whose probe finds nothing.
missing_packages() {
    libraries=$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true)
    while read -r when kind probe package why; do
        case " $* " in *" $when "*) ;; *) continue ;; esac
        case $kind in
            lib) case $libraries in *"	$probe "*) continue ;; esac ;;
            cmd) command -v "$probe" >/dev/null 2>&1 && continue ;;
            file) [ -e "$probe" ] && continue ;;
        esac
        printf '%s %s\n' "$package" "$why"
    done < "$ROOT/packaging/linux/needs.txt" | sort -u
}

# install_packages LINES: LINES as missing_packages writes them. Never fatal: says what is left to be done by hand.
install_packages() {
    [ -n "$1" ] || return 0
    packages=$(printf '%s\n' "$1" | cut -d ' ' -f 1 | tr '\n' ' ')
    packages=${packages% }
    say "这台电脑还缺下面这些软件包："
    printf '%s\n' "$1" | while read -r package why; do say "  $package（$why）"; done
    if ! command -v apt-get >/dev/null 2>&1; then
        say "这里没有 apt-get，装不了。请用这台电脑自己的软件管理程序装上同名或相近的软件包。先接着往下做。"
        return 0
    fi
    by_hand="apt-get update && apt-get install -y --no-install-recommends $packages"
    if ! is_root && ! command -v sudo >/dev/null 2>&1; then
        say "现在的用户没有安装软件的权限。请管理员运行：" "  $by_hand" "先接着往下做。"
        return 0
    fi
    say "正在安装，要几分钟。"
    # shellcheck disable=SC2086  # one word per package is meant
    if told=$(apt_get update && apt_get install -y --no-install-recommends $packages); then
        say "软件包装好了。"
        return 0
    fi
    say "$(printf '%s\n' "$told" | tail -n 5)"
    say "没有装成。联网以后请管理员运行：" "  $by_hand" "先接着往下做。"
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 "$@" 2>&1
}

# can_run COMMAND: true if it is Python 3.11 or newer.
can_run() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for PYTHON in python3 python3.13 python3.12 python3.11; do
        can_run "$PYTHON" && return 0
    done
    return 1
}

# venv_package: the Debian package that lets PYTHON make a .venv, empty if it already can.
venv_package() {
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null && return 0
    if [ "$PYTHON" = python3 ]; then printf 'python3-venv'; else printf '%s-venv' "$PYTHON"; fi
}

# prepare_machine WHEN...: Python, what needs.txt lists for WHEN, and the means to make a .venv.
prepare_machine() {
    lines=$(missing_packages "$@")
    if can_run "$VENV/bin/python"; then
        PYTHON=$VENV/bin/python
    elif find_python; then
        package=$(venv_package)
        [ -z "$package" ] || lines="$package 给本程序单独的 Python 环境
ca-certificates 下载时核对对方身份${lines:+
$lines}"
    else
        lines="python3 本程序用 Python 写成
python3-venv 给本程序单独的 Python 环境
ca-certificates 下载时核对对方身份${lines:+
$lines}"
    fi
    # Freezing needs the shared library of a Python that came with Debian.
    case " $* " in *" slow "*)
        if [ -n "${PYTHON:-}" ]; then
            library=$("$PYTHON" -c 'import sys, sysconfig
name = sysconfig.get_config_var("INSTSONAME") or ""
print(name if sys.base_prefix == "/usr" and ".so" in name else "")')
            case $(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true) in
                *"	${library:-none} "*) ;;
                *) [ -z "$library" ] || lines="${lines:+$lines
}${library%.so*} 打包成免安装程序" ;;
            esac
        fi
        ;;
    esac
    install_packages "$lines"
    if [ -z "${PYTHON:-}" ] || ! can_run "$PYTHON"; then
        find_python || stop "没有找到 Python 3.11 或更新的版本。请先装上 python3（3.11 或更新），再运行一次。"
    fi
}

# prepare_venv PURPOSE LOCK [SOURCE_LOCK]: the .venv as LOCK pins it, checked by hash. Nothing is fetched if nothing changed.
# SOURCE_LOCK names what is published as source only; the tools that build it are in LOCK.
prepare_venv() {
    purpose=$1
    lock=$2
    source_lock=${3:-}
    if ! can_run "$VENV/bin/python"; then
        if [ -e "$VENV" ] && [ ! -e "$VENV/pyvenv.cfg" ] && [ -n "$(ls -A "$VENV")" ]; then
            stop "$VENV 里有别的东西，没有动它。请换一个位置：XIESHANG_VENV=文件夹 再运行一次。"
        fi
        [ -z "$(venv_package)" ] || stop "还缺 $(venv_package)，做不了 Python 环境。装上以后再运行一次。"
        say "正在建立 Python 环境：$VENV"
        rm -rf "$VENV"
        "$PYTHON" -m venv "$VENV" || stop "没有建成 $VENV。请看看这个位置能不能写、磁盘还有没有空间。"
    fi
    write_command
    # shellcheck disable=SC2086  # an absent second lock is no argument
    wanted=$(cat "$lock" ${source_lock:+"$source_lock"} | sha256sum | cut -d ' ' -f 1)
    stamp=$VENV/.locked-$purpose
    [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ] || return 0
    # shellcheck disable=SC2086  # an absent second lock is no argument
    if ! has_pins "$lock" ${source_lock:+"$source_lock"}; then
        say "正在下载程序用到的部件（第一次约 200 MB，要几分钟），每一个都核对校验值。"
        install_locked --only-binary :all: -r "$lock"
        [ -z "$source_lock" ] || install_locked --no-deps --no-build-isolation -r "$source_lock"
    fi
    printf '%s\n' "$wanted" > "$stamp.new"
    mv "$stamp.new" "$stamp"
}

# has_pins LOCK...: true if the .venv holds everything the locks pin, in these very versions.
has_pins() {
    "$VENV/bin/python" - "$@" <<'EOF'
import re, sys
from importlib.metadata import PackageNotFoundError, version

try:
    for lock in sys.argv[1:]:
        with open(lock, encoding="utf-8") as lines:
            for name, pinned, where in re.findall(r"^([\w.-]+)==([^\s;\\]+)(.*)", lines.read(), re.MULTILINE):
                if "win32" not in where and "darwin" not in where and version(name) != pinned:
                    sys.exit(1)
except PackageNotFoundError:
    sys.exit(1)
EOF
}

# write_command: the command `xieshang` in the .venv, for whoever works in a terminal.
# A .venv that is a link belongs to another folder, and so does the command in it.
write_command() {
    [ ! -L "$VENV" ] || return 0
    quoted=$(printf '%s' "$ROOT" | sed "s/'/'\\\\''/g")
    {
        printf '%s\n' '#!/bin/sh'
        printf "PYTHONPATH='%s' exec \"\$(dirname \"\$0\")/python\" -P -m app \"\$@\"\n" "$quoted"
    } > "$VENV/bin/xieshang.new"
    chmod +x "$VENV/bin/xieshang.new"
    mv "$VENV/bin/xieshang.new" "$VENV/bin/xieshang"
}

install_locked() {
    "$VENV/bin/python" -m pip install -qq --disable-pip-version-check --no-input --require-hashes "$@" >&2 </dev/null &&
        return 0
    say "部件没有装全，你的资料没有动。多半是网络断了，连上以后再运行一次会接着装。" \
        "上面要是写着 HASHES，就是收到的文件和锁定的不一样，没有装它。"
    [ "$(uname -m)" = x86_64 ] ||
        say "这台电脑是 $(uname -m)：窗口部件要求 glibc 2.39 或更新（Debian 13 起），Debian 12 上只有 x86_64 能装。"
    exit 1
}
