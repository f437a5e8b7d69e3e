# halorec report: every section is there, hostile titles stay text, nothing comes from a network, logs side by side.
mkdir films
awk 'BEGIN {
    srand(5); print "userId,movieId,rating,timestamp"
    for (u = 1; u <= 60; u++) for (m = 1; m <= 40; m++)
        if (m <= 3 || rand() < 0.35) print u "," m "," (m <= 3 ? 5 : 1 + int(4 * rand())) "," 900000000 + 86400 * int(3000 * rand())
}' >films/ratings.csv
awk 'BEGIN {
    print "movieId,title,genres"
    print "1,\"<script>alert(1)</script> & \"\"quotes\"\" (1999)\",Drama|<b>Bold</b>"
    print "2,\"'"'"'); system(`touch hacked`); @1@ \\ %s %n @99@ (2000)\",Comedy"
    print "3,\"]]> --> </svg></title></style> Ünï (2001)\",Comedy"
    for (m = 4; m <= 40; m++) print m ",Film " m " (19" 50 + m ")," (m % 2 ? "Drama" : "Comedy|Horror")
}' >films/movies.csv
awk 'BEGIN {
    print "userId,movieId,tag,timestamp"
    for (u = 1; u <= 20; u++) { print u "," u ",<i>slow</i> & sad,1"; print u "," u ",\"night, rain\",1"; print u "," u % 7 + 1 ",fun,1" }
}' >films/tags.csv
run 0 "$halorec" import --from films --out films.h5
run 0 "$halorec" train films.h5 --epochs 4 --dim 8 --checkpoint run.ckpt.h5 --log run.jsonl --progress never
run 0 "$halorec" train films.h5 --epochs 3 --dim 8 --model mf --checkpoint mf.ckpt.h5 --log mf.jsonl
mkdir none
if PATH=none run 2 "$halorec" report run.ckpt.h5 films.h5 --out page; then
    expect_one_message "apt-get install gnuplot-nox"
fi
[ ! -e page ] || fail "a folder is left where there is no gnuplot"
command -v gnuplot >/dev/null || exit 77

run 0 "$halorec" report run.ckpt.h5 films.h5 --log run.jsonl --out page --json
jq -e '.page == "page/index.html" and .sections == 9 and .charts >= 12' out >jq.out || fail "not as expected: $(cat out)"
[ "$(ls -A page)" = index.html ] || fail "left behind: $(ls -A page)"
page=page/index.html
for section in curves time quality map users data tags options provenance; do
    expect $page "<section id=\"$section\">"
    expect $page "<a href=\"#$section\">"
done
# Well-formed, so that a browser reads what was written; each chart has a title and a text instead of the picture.
python3 - $page <<'END' || fail "the page is not well-formed"
import sys, xml.etree.ElementTree as tree
page = open(sys.argv[1], encoding="utf-8").read()
root = tree.fromstring(page.replace("<!DOCTYPE html>\n", ""))
ids = [e.get("id") for e in root.iter() if e.get("id")]
assert len(ids) == len(set(ids)), "an id is there twice"
charts = [e for e in root.iter("svg")]
assert len(charts) >= 12, len(charts)
for chart in charts:
    assert chart.get("role") == "img" and chart.find("title").text and chart.find("desc").text, chart.get("id")
    assert all(i in ids for i in chart.get("aria-labelledby").split())
names = {e.tag for e in root.iter()}
assert not names & {"script", "b", "i2", "iframe", "link2", "img", "object"}, names
text = " ".join(root.itertext())
assert "<script>alert(1)</script> & \"quotes\"" in text, "the title is not shown as it is"
assert "'); system(`touch hacked`); @1@ \\ %s %n @99@" in text
assert "<i>slow</i> & sad" in text and "<b>Bold</b>" in text
assert "User " in text and "✓" in text and "because you rated" in text
END
! grep -qE 'https?:|//www|url\(' $page || fail "the page names something outside: $(grep -oE '.{30}(https?:|//www|url\().{30}' $page)"
[ ! -e hacked ] || fail "a title was run"
expect $page "currentColor"
expect $page "prefers-color-scheme:dark"
expect $page "@media print"

run 0 env SOURCE_DATE_EPOCH=0 "$halorec" report run.ckpt.h5 films.h5 --log run.jsonl --out again
run 0 env SOURCE_DATE_EPOCH=0 "$halorec" report run.ckpt.h5 films.h5 --log run.jsonl --out again2
cmp again/index.html again2/index.html || fail "two pages of one run differ"
run 0 "$halorec" report run.jsonl mf.jsonl --out both
for text in "<td>run.jsonl</td>" "<td>mf.jsonl</td>" '<section id="runs">' "Recall of 20"; do
    expect both/index.html "$text"
done
run 2 "$halorec" report run.ckpt.h5 films.h5 --out page
expect_one_message "page: is there already"
run 2 "$halorec" report run.ckpt.h5 films.h5
expect_one_message "needs --out"
run 2 "$halorec" report run.ckpt.h5 --out new
run 3 "$halorec" report films/ratings.csv --out new
expect_one_message "has no line of a run's log"
run 3 "$halorec" report run.ckpt.h5 mf.ckpt.h5 --out new
run 4 "$halorec" report none.jsonl --out new
[ ! -e new ] || fail "a folder is left after a failure"
