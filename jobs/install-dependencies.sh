#!/usr/bin/env bash
# Installs what halorec is built from and runs on. Silent where nothing is missing.
set -eu

if [ "${1:-}" = --help ]; then
    cat <<'END'
usage: jobs/install-dependencies.sh [--cluster] [--docs] [--arm64] [--clang] [--page]

Installs the missing Debian packages that halorec needs to be built, tested and run: as root, or by sudo. Where neither
is possible it names them and exits with 4. On other systems it names the libraries that are needed and goes on.
--cluster also installs what tests/cluster needs: SLURM, munge, iproute2. --docs installs Doxygen, for the API
documentation (cmake --build --preset release --target docs). --arm64 installs a cross compiler and an emulator, for
the tests of kernels in tests/arm64. --clang installs clang and its OpenMP, with which a test builds the program again.
--page installs Node.js and Chromium, and into build/page the packages of tests/page/package.json, for tests of the page that the
server has: from npm's registry, as its lock file has them. Without a network these tests are skipped.
END
    exit 0
fi

packages=(build-essential cmake ninja-build pkg-config
    libopenmpi-dev openmpi-bin libmetis-dev libhdf5-dev libopenblas-dev libscalapack-openmpi-dev
    libjansson-dev libxxhash-dev zlib1g-dev libzip-dev libzstd-dev libutf8proc-dev libmicrohttpd-dev libsqlite3-dev libsodium-dev libturbojpeg0-dev libpng-dev libcmocka-dev universal-ctags curl jq gnuplot-nox graphviz groff-base)
cluster_packages=(slurmctld slurmd slurm-client munge iproute2 procps)
docs_packages=(doxygen)
arm64_packages=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user)
clang_packages=(clang libomp-dev)
page=no
for option in "$@"; do
    case $option in
    --cluster) packages+=("${cluster_packages[@]}") ;;
    --docs) packages+=("${docs_packages[@]}") ;;
    --arm64) packages+=("${arm64_packages[@]}") ;;
    --clang) packages+=("${clang_packages[@]}") ;;
    --page)
        page=yes
        command -v node >/dev/null || packages+=(nodejs)
        command -v npm >/dev/null || packages+=(npm)
        command -v chromium >/dev/null || packages+=(chromium)
        ;;
    *)
        echo "halorec: install-dependencies.sh: '$option': expected --cluster, --docs, --arm64, --clang or --page" >&2
        exit 2
        ;;
    esac
done

# page_modules: the packages that tests/page needs, where they are not there as the lock file has them.
page_modules() {
    local root folder
    root=$(cd "$(dirname "$0")/.." && pwd)
    folder=$root/build/page
    if cmp -s "$root/tests/page/package-lock.json" "$folder/package-lock.json" && [ -d "$folder/node_modules" ]; then return; fi
    mkdir -p "$folder"
    cp "$root/tests/page/package.json" "$root/tests/page/package-lock.json" "$folder"
    if ! (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1); then
        rm -f "$folder/package-lock.json" # the next time tries again
        echo "halorec: npm could not install playwright-core and axe-core; $folder/npm.log says why" >&2
    fi
}

if ! command -v dpkg-query >/dev/null; then
    echo "halorec: not a Debian system; needed are a C17 compiler, CMake 3.25, Ninja, pkg-config, Open MPI, METIS," \
        "HDF5, OpenBLAS, ScaLAPACK, jansson, xxhash, zlib, libzip, libzstd, utf8proc, libmicrohttpd, SQLite, libsodium, libjpeg-turbo, libpng, cmocka, universal-ctags, curl and groff for tests, jq and gnuplot for sweeps, and graphviz for pictures of graphs" >&2
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} = 0 ]; then
    [ $page = no ] || page_modules
    exit 0
fi

as_root=()
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root=(sudo)
    else
        echo "halorec: these packages are missing and this user cannot install them: ${missing[*]}" >&2
        echo "halorec: have root run: apt-get update && apt-get install -y ${missing[*]}" >&2
        exit 4
    fi
fi

echo "installing ${missing[*]}" >&2
# RUNLEVEL: daemons that come with a package are not started where there is no systemd, as in a container.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y --no-install-recommends "${missing[@]}"; } \
    >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "halorec: could not install: ${missing[*]}" >&2
    exit 4
fi
[ $page = no ] || page_modules
