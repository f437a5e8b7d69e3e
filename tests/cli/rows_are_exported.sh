# export: the same files on any number of ranks, read back as what recommend says; a folder that is there stays.
small_films films
run 0 "$halorec" import --from films --out d.h5
run 0 on 2 "$halorec" train d.h5 --model mf --loss bpr --dim 8 --epochs 3 --checkpoint run.ckpt.h5
for format in npy tsv h5 mtx; do
    run 0 "$halorec" export run.ckpt.h5 d.h5 --out "one.$format" --format "$format"
    expect err "wrote one.$format"
    run 0 on 3 "$halorec" export run.ckpt.h5 d.h5 --out "three.$format" --format "$format" --json
    [ "$(jq -r '.out + " " + .format' out)" = "three.$format $format" ] || fail "JSON: $(cat out)"
    diff -r "one.$format" "three.$format" || fail "$format: other files on 3 ranks"
    [ "$(wc -l <"one.$format/user_ids.txt") $(wc -l <"one.$format/movie_ids.txt")" = "40 30" ] || fail "lines"
    [ "$(sed -n 7p "one.$format/titles.txt")" = "Film 7 (1957)" ] || fail "titles"
    expect "one.$format/README.txt" "Bachrach"
done
[ "$(sed -n 8p one.tsv/metadata.tsv)" = "$(printf '7\tFilm 7 (1957)\tDrama')" ] || fail "metadata"
[ "$(awk -F'\t' 'NF == 8' one.tsv/vectors.tsv | wc -l)" = 30 ] || fail "vectors.tsv"

# dot products of what is written are the scores, by matrix and by text
run 0 "$halorec" recommend run.ckpt.h5 d.h5 --user 7 --top 1 --json
best=$(jq -r '.recommendations[0] | "\(.movie) \(.score)"' out)
found=$(awk -v best="$best" 'FNR == 1 { file++ } file == 1 && FNR == 7 { split($0, user, "\t") }
    file == 2 && FNR == best + 0 { split($0, movie, "\t"); for (c = 1; c <= 8; c++) sum += user[c] * movie[c] }
    END { split(best, b, " "); print (sum - b[2]) ^ 2 < 1e-10 }' one.tsv/users.tsv one.tsv/vectors.tsv)
[ "$found" = 1 ] || fail "another score than $best"
[ "$(head -n 1 one.mtx/index_movies.mtx)" = "%%MatrixMarket matrix array real general" ] || fail "mtx"
[ "$(awk 'NR > 2' one.mtx/index_movies.mtx | wc -l)" = $((30 * 9)) ] || fail "numbers in index_movies.mtx"
awk 'NR > 2 { square[(NR - 3) % 30] += $1 ^ 2 }
    END { for (m in square) if ((square[m] - square[0]) ^ 2 > 1e-10) exit 1 }' one.mtx/index_movies.mtx ||
    fail "movies of an index are of different lengths"

# a folder that is there, one that cannot be made, another dataset: one message, and nothing is left
run 2 on 2 "$halorec" export run.ckpt.h5 d.h5 --out one.npy
expect_one_message "one.npy: is there already"
run 4 on 2 "$halorec" export run.ckpt.h5 d.h5 --out nowhere/rows
expect_one_message "nowhere/rows"
run 0 "$halorec" import --from films --out other.h5 --seed 5
run 3 on 2 "$halorec" export run.ckpt.h5 other.h5 --out rows
expect_one_message "give the dataset it was trained on"
run 2 "$halorec" export run.ckpt.h5 d.h5
expect_one_message "--out"
[ ! -e rows ] && [ ! -e rows.tmp ] && [ ! -e rows.lock ] || fail "something is left: $(ls)"

# an MLP scores: no index, and the note says so
run 0 "$halorec" train d.h5 --model ncf --dim 8 --mlp 8,4 --epochs 1 --checkpoint mlp.ckpt.h5
run 0 "$halorec" export mlp.ckpt.h5 d.h5 --out mlp
[ ! -e mlp/index_movies.npy ] && [ -e mlp/movies_layer0.npy ] || fail "files of an MLP: $(ls mlp)"
expect mlp/README.txt "An MLP scores"

python=$(for p in python3 /usr/bin/python3; do "$p" -c 'import h5py, numpy' 2>/dev/null && echo "$p"; done | head -n 1)
if [ -z "$python" ]; then
    echo "not tested without python3-h5py: arrays as numpy and h5py read them"
    exit 0
fi
"$python" - <<'END' || fail "numpy reads something else"
import h5py, numpy as np
file = h5py.File("one.h5/vectors.h5", "r")
for name in "users", "movies", "users_layer0", "movies_layer0", "index_users", "index_movies":
    assert np.array_equal(np.load(f"one.npy/{name}.npy"), file[name][:]), name
    text = np.loadtxt(f"one.mtx/{name}.mtx", skiprows=2, dtype=np.float32).reshape(file[name].shape, order="F")
    assert np.array_equal(text, file[name][:]), name
scores = file["users"][:] @ file["movies"][:].T
assert np.allclose(scores, file["index_users"][:] @ file["index_movies"][:].T, atol=1e-5)
assert file["user_id"][6] == 7 and file["title"].asstr()[6] == "Film 7 (1957)"
run = h5py.File("run.ckpt.h5", "r")
assert np.array_equal(run["output/user"][:], file["users"][:])
assert np.array_equal(run[run.attrs["source"].decode() + "/movie" if isinstance(run.attrs["source"], bytes)
                          else run.attrs["source"] + "/movie"][:], file["movies_layer0"][:])
END
