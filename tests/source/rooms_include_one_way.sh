# A room includes only itself and rooms above it in the list of docs/architecture.md: no include upward, so no circle.
# Every folder of sources is in the list, no room has more than 25 files (trainer/models aside, where a file is a model),
# and nothing in trainer/cli is included by others, nor in trainer/commands and bench by others than tests.
readonly most_files=25

# rooms: the list, one a line.
rooms() {
    awk '/^```/ { inside = $0 == "```rooms"; next } inside { print $1 }' "$root/docs/architecture.md"
}

rooms >rooms
[ "$(wc -l <rooms)" -gt 20 ] || fail "docs/architecture.md has no list of rooms, or a short one: $(cat rooms)"
(cd "$root" && find io partition trainer bench -name '*.[ch]' | sort) >files
[ "$(wc -l <files)" -gt 200 ] || fail "expected hundreds of sources, found $(wc -l <files)"
(cd "$root" && find tests -name '*.[ch]') >tests_files
# FILE INCLUDED, for each include in quotes.
(cd "$root" && xargs grep -HoE '^ *# *include "[^"]*"' < <(cat "$folder/files" "$folder/tests_files")) |
    sed -E 's/:[^"]*"/ /; s/"$//' >includes
[ "$(wc -l <includes)" -gt 1000 ] || fail "expected a thousand includes, found $(wc -l <includes)"

awk -v most="$most_files" '
    function room_of(path) {
        sub("/[^/]*$", "", path)
        return path ~ "^bench" ? "bench" : path ~ "^tests" ? "tests" : path
    }
    function strangers(a, b) { # neither knows the other
        return a != b && a ~ "^io/(readers|synth|checkpoint)$" && b ~ "^io/(readers|synth|checkpoint)$"
    }
    FILENAME == "rooms" { rank[$1] = FNR; next }
    FILENAME == "files" { count[room_of($1)]++; next }
    {
        from = room_of($1)
        to = room_of($2)
        if ($2 !~ "/")
            print $1 ": include \"" $2 "\" names no room"
        else if (to == "tests" ? from != "tests" : to == "bench" ? from != "bench" && from != "tests" : !(to in rank))
            print $1 ": " from " includes " $2
        else if (to == "trainer/cli" && from != to || to == "trainer/commands" && from !~ "^(trainer/(commands|cli)|tests)$")
            print $1 ": the command line is included: " $2
        else if (from in rank && (rank[to] > rank[from] || strangers(from, to)))
            print $1 ": " from " includes " to ", which it does not know: " $2
    }
    END {
        for (room in count) {
            if (room != "bench" && !(room in rank))
                print room " is not in the list of rooms of docs/architecture.md"
            if (count[room] > most && room != "trainer/models")
                print room " has " count[room] " files, more than " most
        }
        for (room in rank)
            if (!(room in count))
                print room " is in the list of rooms, but has no files"
    }' rooms files includes | sort >wrong
[ ! -s wrong ] || fail "$(wc -l <wrong) faults:
$(cat wrong)"
echo "$(wc -l <rooms) rooms, $(wc -l <includes) includes"
