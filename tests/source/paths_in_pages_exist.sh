# Every path of the repository that a page names exists: in `code` (with or without a folder) and as the target of a link, whose
# heading is there as well. The changelog names what is gone, too.
cd "$root"
find ./*.md bench docs jobs tests trainer -name '*.md' ! -name CHANGELOG.md | sed 's,^\./,,' >"$folder/pages"

# anchors PAGE: of its headings, as GitHub makes them.
anchors() {
    sed -n 's/^##* //p' "$1" | tr '[:upper:]' '[:lower:]' | sed 's/[^a-z0-9 _-]//g; s/ /-/g'
}

# exists PATH PAGE: in the repository, beside the page, or its room's.
exists() {
    compgen -G "$1" >/dev/null || compgen -G "$(dirname "$2")/$1" >/dev/null
}

missing() { # PAGE WHAT
    echo "$1: $2" >>"$folder/missing"
}

while read -r page; do
    # Names in code that begin with a folder of the repository, and C files of any.
    grep -o '`[^`]*`' "$page" | tr -d '`' | grep -oE '^[A-Za-z0-9_./*-]+' |
        grep -E '^(bench|cmake|docs|io|jobs|partition|tests|trainer|\.ci)/[A-Za-z0-9_.*/-]+$|^[a-z0-9_/]+\.[ch]$|^[A-Z]+\.md$' >"$folder/names" || true
    while read -r name; do
        exists "$name" "$page" || missing "$page" "$name"
    done <"$folder/names"
    # Rooms, in the list of the architecture, and paths in blocks of commands.
    sed -n '/^```/,/^```/p' "$page" | grep -oE '(^|[ (])(bench|docs|io|jobs|partition|tests|trainer)/[A-Za-z0-9_./-]+' | tr -d ' (' |
        grep -v '^docs/html' >"$folder/names" || true
    while read -r name; do
        exists "${name%.}" "$page" || missing "$page" "$name"
    done <"$folder/names"
    grep -oE '\]\([^)]*\)' "$page" | sed 's/^](//; s/)$//' | grep -v '^https\?:' >"$folder/names" || true
    while read -r target; do
        file=${target%%#*} heading=""
        [ "$target" = "$file" ] || heading=${target#*#}
        to=$page
        [ -z "$file" ] || to=$(dirname "$page")/$file
        if [ ! -e "$to" ]; then
            missing "$page" "$target"
        elif [ -n "$heading" ] && ! anchors "$to" | grep -qx -- "$heading"; then
            missing "$page" "$target: no such heading"
        fi
    done <"$folder/names"
done <"$folder/pages"
[ ! -e "$folder/missing" ] || fail "pages name what is not there:
$(sort -u "$folder/missing")"
