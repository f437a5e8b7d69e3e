# No word of the glossary's last column is in code, help, messages or pages, as a whole word or between the underscores of
# an identifier. The glossary itself and the changelog name them.
# Names that others gave: OpenMP, a film, HDF5, Black and Rogaway's method, columns of tables, and checkpoints that earlier builds wrote.
foreign='OMP_PLACES|The Two Towers|H5E_WALK_UPWARD|cycle walking|"stars"'

awk -F '|' 'NF == 6 && $5 !~ /instead of|---/ { print $5 }' "$root/docs/glossary.md" | tr ',' '\n' |
    sed 's/^ *//; s/ *$//; /^$/d' >words
[ "$(wc -l <words)" -ge 30 ] || fail "the glossary has $(wc -l <words) words instead of which others are used"
cd "$root"
find bench cmake docs io jobs partition tests trainer .ci ./*.md CMakeLists.txt -type f \
    ! -path docs/glossary.md ! -name CHANGELOG.md ! -name '*.h5' ! -name '*.zip' ! -name '*.png' >"$folder/files"
grep -c . "$folder/files" >"$folder/out"
[ "$(<"$folder/out")" -gt 300 ] || fail "only $(<"$folder/out") files found"
tr '/' ' ' <"$folder/files" >"$folder/names"
xargs awk -v foreign="$foreign" -v list="$folder/words" -v files="$folder/names" '
    BEGIN {
        while ((getline word < list) > 0) {
            gsub(/ /, "[ _-]", word)
            words = words (words ? "|" : "") word
        }
        word = "(^|[^a-z])(" words ")([^a-z]|$)"
        while ((getline name < files) > 0)
            if (tolower(name) ~ word)
                print name ": the name of the file"
    }
    {
        line = $0
        gsub(foreign, "", line)
        if (tolower(line) ~ word)
            print FILENAME ":" FNR ": " $0
    }' <"$folder/files" >"$folder/found"
[ ! -s "$folder/found" ] || fail "$(wc -l <"$folder/found") lines with words that docs/glossary.md replaces:
$(cat "$folder/found")"
