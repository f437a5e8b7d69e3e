# What docs/files.md says of checkpoints, recomputed with numpy: ids, scores of every model, outputs from parameters, and
# which ratings --valid holds out.
# Not under sanitizers: it is arithmetic that is compared; other tests write and read checkpoints there.
python=$(for p in python3 /usr/bin/python3; do "$p" -c 'import h5py, numpy' 2>/dev/null && echo "$p"; done | head -n 1)
if [ -z "$python" ]; then
    echo "SKIPPED: a_checkpoint_stands_alone: h5py is missing: apt-get install python3-h5py"
    exit 77
fi
small_films films
sed -i 's/^\([0-9]*\),\([0-9]*\),/u\1,\2,/' films/ratings.csv
awk 'BEGIN { split("Drama Comedy War Horror", genre, " "); print "movieId,title,genres"
    for (m = 1; m <= 30; m++) print m ",Film " m " (19" 50 + m ")," genre[1 + m % 4] "|" genre[1 + int(m / 4) % 3] }' >films/movies.csv
run 0 "$halorec" import --from films --out data.h5 --split ratio:0.7,0,0.3
models="lightgcn mf als ials sage gat gatv2 ncf hybrid content popular toprated"
for model in $models mlp rated; do
    options="--dim 8"
    case $model in
    content | popular | toprated) options= ;;
    ncf | hybrid) options="--dim 8 --mlp 8,4" ;;
    esac
    name=$model
    [ $model != mlp ] || { name=sage options="--dim 8 --mlp 4 --layers 2"; }
    [ $model != gat ] || options="--dim 8 --layers 2 --heads 2"
    [ $model != rated ] || { name=ncf options="--dim 8 --mlp 4 --loss mse"; }
    # shellcheck disable=SC2086
    run 0 "$halorec" train data.h5 --model $name $options --epochs 2 --checkpoint $model.ckpt.h5
    run 0 "$halorec" evaluate $model.ckpt.h5 data.h5 --k 5 --resamples 0 --lists $model.tsv
done
run 0 "$halorec" train data.h5 --model lightgcn --dim 8 --epochs 4 --lr 0.5 --valid 0.3 --eval-every 1 --checkpoint run.ckpt.h5
run 0 on 3 "$halorec" train data.h5 --model popular --valid 0.3 --checkpoint valid.ckpt.h5

awk '/^## Lists/ { exit } /^```python/ { inside = 1; next } /^```/ { inside = 0 } inside' "$root/docs/files.md" >page.py
cat page.py - >check.py <<'END'
import json

data = h5py.File("data.h5")
movie, split, rating = data["rating/movie"][:], data["rating/split"][:], data["rating/value"][:]
user = np.repeat(np.arange(40), np.diff(data["rating/ptr"][:]))
train = split == 0
title_of = {i: n for n, i in enumerate(data["movie/id"][:])}
sigmoid = lambda s: 1 / (1 + np.exp(-s))


def unit(s):
    span = s.max(1, keepdims=True) - s.min(1, keepdims=True)
    return np.where(span > 1e-6, (s - s.min(1, keepdims=True)) / np.where(span > 1e-6, span, 1), 0)


def length_one(rows):
    size = np.sqrt((rows**2).sum(1, keepdims=True))
    return rows / np.where(size > 0, size, 1)


def scores_of(run):
    options = json.loads(run.attrs["run"])["options"]
    u, m = (run["output/" + kind][:].astype(float).reshape(-1, run.attrs["dim"]) for kind in ("user", "movie"))
    s = u @ m.T
    if "weight/mlp" in run:
        w = {k: v[:].astype(float) for k, v in run["weight/mlp"].items()}
        p, q = len(w["product"]), len(w["user"])
        z = (u[:, -q:] @ w["user"])[:, None] + (m[:, -q:] @ w["movie"])[None] + w["bias1"]
        z = np.maximum(z, 0)
        for k in range(2, 6):
            if f"matrix{k}" in w:
                z = np.maximum(z @ w[f"matrix{k}"] + w[f"bias{k}"], 0)
        s = (u[:, :p] * w["product"]) @ m[:, :p].T + z @ w["output"] + w["constant"]
        if options["loss"] == "mse":
            low, high = w["range"]
            s = low + (high - low) * sigmoid(s)
    if options["mixture"]:
        texts = np.zeros((30, run["content/term"][:].max() + 1))
        row = np.repeat(np.arange(30), np.diff(run["content/ptr"][:]))
        texts[row, run["content/term"][:]] = run["content/weight"][:]
        profile = np.zeros((40, texts.shape[1]))
        np.add.at(profile, user[train], texts[movie[train]])
        content = unit(length_one(profile) @ texts.T)
        s, popularity = unit(s), run["content/popularity"][:]
        mixed = np.zeros_like(s)
        for one in range(40):
            count, knows = (user[train] == one).sum(), np.any(u[one] != 0)
            for band in options["mixture"].split(","):
                below, shares = band.split(":") if ":" in band else (10**9, band)
                if count < int(below):
                    break
            a, b, c = (float(x) / sum(map(float, shares.split("/"))) for x in shares.split("/"))
            if not knows or count == 0:
                a, b, c = (a / (a + c), 0, c / (a + c)) if a + c else (0, 0, 1)
            mixed[one] = a * content[one] + b * s[one] + c * popularity
        s = mixed
    return s


def check_lists(name, run):
    s = scores_of(run)
    ids = [i.decode() for i in run["user/id"][:]]
    number = {i: n for n, i in enumerate(ids)}
    assert ids == [i.decode() if isinstance(i, bytes) else i for i in data["user/id"][:]], "ids"
    lines = [line.split("\t") for line in open(name + ".tsv").read().splitlines()[1:]]
    assert len(lines) > 100
    for u, rank, m, score, held in lines:
        found = s[number[u], title_of[int(m)]]
        assert abs(found - float(score)) < 2e-5 * max(1, abs(found)), (name, u, m, score, found)


def features():
    """Genres, periods of five years from 1900 on, log2 of the id between points half an octave apart (trainer/graph/movie_features.h)."""
    names, ptr = len(data["genre/name"]), data["movie/genre_ptr"][:]
    rows = np.zeros((30, names + 26 + 49))
    for m, (year, number) in enumerate(zip(data["movie/year"][:], data["movie/id"][:])):
        rows[m, data["movie/genre"][ptr[m] : ptr[m + 1]]] = 1
        rows[m, names + (year - 1900) // 5] = 1
        at = 2 * np.log2(number)
        rows[m, names + 26 + int(at)] = 1 - at % 1
        rows[m, names + 26 + int(at) + 1] = at % 1
    return rows


def attend(options, w, target, source, edges):
    leaky = lambda z: np.where(z > 0, z, 0.2 * z)
    out = np.zeros_like(target)
    for c in np.array_split(np.arange(target.shape[1]), options["heads"]):
        if options["model"] == "gat":
            e = leaky((target[:, c] @ w["b"][c])[:, None] + (source[:, c] @ w["a"][c])[None])
        else:
            e = leaky(target[:, None, c] + source[None, :, c]) @ w["a"][c]
        share = np.exp(e - e.max()) * edges
        out[:, c] = share / np.maximum(share.sum(1, keepdims=True), 1e-300) @ source[:, c]
    return out


def layer(options, x, w, edges, is_last):
    next_x = []
    for kind in (0, 1):
        if options["model"] == "sage":
            near = edges[kind] @ x[1 - kind] / np.maximum(edges[kind].sum(1, keepdims=True), 1) @ w[kind]["near"]
        else:
            near = attend(options, w[kind], x[kind] @ w[kind]["target"], x[1 - kind] @ w[1 - kind]["source"], edges[kind])
        h = x[kind] @ w[kind]["self"] + near + w[kind]["bias"]
        next_x.append(h if is_last else np.maximum(h, 0))
    return next_x


def outputs_of(run, kept):
    options, source = json.loads(run.attrs["run"])["options"], run.attrs["source"]
    source = source.decode() if isinstance(source, bytes) else source
    x = [run[source + "/user"][:].astype(float), run[source + "/movie"][:].astype(float)]
    if options["model"] == "mf":
        x[0][:, 0] = x[1][:, 1] = 1
        x[0][:, 1] += rating[kept].mean() if options["loss"] == "mse" else 0
    if options["model"] == "lightgcn":
        p, a = options["user-power"], np.zeros((40, 30))
        a[user[kept], movie[kept]] = 1
        degree = [np.maximum(a.sum(1), 1), np.maximum(a.sum(0), 1)]
        a *= degree[0][:, None] ** -p * degree[1][None] ** (p - 1)
        terms = [x]
        for _ in range(options["layers"]):
            terms.append([a @ terms[-1][1], a.T @ terms[-1][0]])
        x = [sum(t[kind] for t in terms) / len(terms) for kind in (0, 1)]
    if options["model"] in ("sage", "gat", "gatv2"):
        x[1] += features() @ run["weight/features"][:].astype(float)
        a = np.zeros((40, 30))
        a[user[kept], movie[kept]] = 1
        for k in range(options["layers"]):
            w = [{n: v[:].astype(float) for n, v in run[f"weight/layer{k}/{kind}"].items()} for kind in ("user", "movie")]
            x = layer(options, x, w, (a, a.T), k == options["layers"] - 1)
        if "weight/mlp" not in run:
            x[0][:, 0] = x[1][:, 1] = 1
            x[0][:, 1] += rating[kept].mean() if options["loss"] == "mse" else 0
    return x


def check_outputs(name, run, kept):
    for kind, rows in zip(("user", "movie"), outputs_of(run, kept)):
        assert np.allclose(rows, run["output/" + kind][:], atol=1e-5), (name, kind)


for name in MODELS:
    run = h5py.File(name + ".ckpt.h5")
    check_lists(name, run)
    if name in ("lightgcn", "mf", "als", "ials", "popular", "toprated", "content", "ncf", "sage", "gat", "gatv2", "mlp"):
        check_outputs(name, run, train)

# --valid: counts of the ratings that are left; and a best epoch that is not the last
left = train & ((first_word(user.astype(np.uint64), movie.astype(np.uint64)) + 0.5) / 2**32 >= 0.3)
assert 0 < left.sum() < train.sum()
counts = np.bincount(movie[left], minlength=30)
assert np.array_equal(h5py.File("valid.ckpt.h5")["output/movie"][:].ravel(), counts), "held out by --valid"
check_outputs("best", h5py.File("run.ckpt.h5"), left)
END
sed -i "s/for name in MODELS:/for name in \"$models mlp rated\".split():/" check.py
"$python" check.py >out 2>err || fail "numpy finds something else"
[ "$(wc -l <out)" = 5 ] || fail "the page's Python prints $(wc -l <out) lines, expected 5"
