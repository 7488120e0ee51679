# shellcheck shell=bash
# What script/server and script/test share. Sourced, never run.

# What building and running needs beyond a Swift toolchain; the names are the same in Debian 12 and Ubuntu 22.04 to 24.04.
# shellcheck disable=SC2034
build_packages=(ca-certificates git pkg-config libssl-dev zlib1g-dev libsqlite3-dev libqrencode-dev libstemmer-dev)
swift_needed=6.3

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
    bold=$'\e[1m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
else
    # shellcheck disable=SC2034
    bold='' green='' red='' plain=''
fi

say() { printf '%s\n' "${bold}== $*${plain}"; }
die() {
    printf '%s\n' "${red}$*${plain}" >&2
    exit 1
}

# Installs those of the named Debian packages that are missing, saying which. Without root and sudo it stops, with the command to run.
ensure_packages() {
    local package missing=()
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
    done
    ((${#missing[@]} == 0)) && return 0

    local as_root=()
    if ((EUID != 0)); then
        if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
            as_root=(sudo)
        else
            die "These packages are missing. Install them and start again:

    sudo apt-get update && sudo apt-get install -y ${missing[*]}
"
        fi
    fi
    say "Installing from the system's packages: ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q)
    "${apt[@]}" update
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

# Stops with what to do unless Linux of the Debian family and a new enough Swift are here.
ensure_machine() {
    command -v dpkg-query >/dev/null \
        || die "This script knows Debian and Ubuntu. Elsewhere: install Swift $swift_needed or newer and the development files of
OpenSSL 3, zlib, SQLite, libqrencode and libstemmer, then run: swift build -c release --product samskap"
    command -v swift >/dev/null \
        || die "No Swift here. Install version $swift_needed or newer from https://www.swift.org/install/linux/ and start again."
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]\{1,\}\.[0-9]\{1,\}\).*/\1/p' | head -n 1)
    [[ -n $version ]] || die "'swift --version' fails: the toolchain at $(command -v swift) is not whole."
    if ((${version%.*} * 1000 + ${version#*.} < ${swift_needed%.*} * 1000 + ${swift_needed#*.})); then
        die "Swift $version is here; Samskap needs $swift_needed or newer: https://www.swift.org/install/linux/"
    fi
}
