#!/usr/bin/env bash
# Downloads and unpacks an official MovieLens edition, checking its md5.
set -eu

usage() {
    cat <<'END'
usage: jobs/fetch-movielens.sh NAME [DIR]

Downloads the MovieLens edition NAME (ml-latest-small, ml-100k, ml-1m, ml-10m, ml-20m, ml-25m, ml-32m or
ml-latest) from GroupLens,
checks its md5 and unpacks it to DIR/NAME; DIR is data unless given. GroupLens's licence is in the edition's README:
research use, no redistribution.

HALOREC_MOVIELENS_URL names another server or mirror, file:// too.

example:
  jobs/fetch-movielens.sh ml-latest-small
END
}

fail() {
    echo "halorec: $1" >&2
    exit "$2"
}

[ "${1:-}" != --help ] || { usage; exit 0; }
[ $# -ge 1 ] && [ $# -le 2 ] || { usage >&2; exit 2; }

name=$1
folder=${2:-data}
base=${HALOREC_MOVIELENS_URL:-https://files.grouplens.org/datasets/movielens}
inner=$name
case $name in # fixed editions have fixed sums; the others come with theirs beside them
ml-100k) sum=0e33842e24a9c977be4e0107933c0723 ;;
ml-1m) sum=c4d9eecfca2ab87c1945afe126590906 ;;
ml-10m) sum=ce571fd55effeba0271552578f2648bd inner=ml-10M100K ;;
ml-20m) sum=cd245b17a1ae2cc31bb14903e1204af3 ;;
ml-25m) sum=6b51fb2759a8657d3bfcbfc42b592ada ;;
ml-latest-small | ml-32m | ml-latest) sum="" ;;
*) fail "$name: no edition of that name; there are ml-latest-small, ml-100k, ml-1m, ml-10m, ml-20m, ml-25m, ml-32m and ml-latest" 2 ;;
esac

if [ -d "$folder/$name" ]; then
    echo "$folder/$name is there already" >&2
    exit 0
fi

download() { # URL FILE
    if command -v curl >/dev/null; then
        curl --fail --silent --show-error --location --retry 2 --connect-timeout 20 --output "$2" "$1"
    elif command -v wget >/dev/null; then
        wget --quiet --tries 2 --timeout 20 --output-document "$2" "$1"
    else
        fail "neither curl nor wget is there to download with: apt-get install curl" 4
    fi
}

unpack() { # ZIP FOLDER
    if command -v unzip >/dev/null; then
        unzip -q "$1" -d "$2"
    elif command -v python3 >/dev/null; then
        python3 -m zipfile -e "$1" "$2"
    elif command -v cmake >/dev/null; then
        (zip=$(realpath "$1") && cd "$2" && cmake -E tar xf "$zip")
    else
        fail "neither unzip, python3 nor cmake is there to unpack with: apt-get install unzip" 4
    fi
}

mkdir -p "$folder"
work=$(mktemp -d "$folder/.$name.XXXXXX")
trap 'rm -rf "$work"' EXIT
echo "downloading $base/$name.zip" >&2
download "$base/$name.zip" "$work/$name.zip" ||
    fail "$base/$name.zip could not be downloaded: is there a network? Without one, halorec synth makes data of this shape" 4
if [ -z "$sum" ]; then
    download "$base/$name.zip.md5" "$work/md5" || fail "$base/$name.zip.md5 could not be downloaded" 4
    sum=$(grep -oE '[0-9a-f]{32}' "$work/md5" | head -n 1)
fi
found=$(md5sum "$work/$name.zip" | cut -d ' ' -f 1)
[ "$found" = "$sum" ] || fail "$name.zip has md5 $found, expected $sum: the download is damaged; try again" 3
unpack "$work/$name.zip" "$work"
[ -d "$work/$inner" ] || fail "$name.zip does not hold a folder $inner" 3
mv "$work/$inner" "$folder/$name"
echo "$folder/$name is ready; its licence is in its README" >&2
