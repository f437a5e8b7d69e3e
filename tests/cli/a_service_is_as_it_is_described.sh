# /openapi.json and the server say the same: each endpoint is there and answers in its shape, each parameter is checked, and
# what is wrong is a problem that names it.
for program in curl jq; do
    command -v "$program" >/dev/null || { echo "SKIPPED: $program is missing"; exit 77; }
done
small_films films
mkdir runs
awk 'BEGIN { print "userId,movieId,tag,timestamp"; for (m = 2; m <= 30; m++) for (u = 1; u <= 2; u++) print u "," m "," (m % 3 ? "slow" : "sad") ",1" }' >films/tags.csv
run 0 "$halorec" import --from films --split ratio:0.8,0.1,0.1 --out data.h5
run 0 "$halorec" train data.h5 --epochs 2 --eval-every 1 --dim 8 --checkpoint run.ckpt.h5 --log runs/one.jsonl
# shellcheck source=/dev/null
. "$root/tests/support/serving.sh"

# get STATUS PATH: asks; the answer is in the file answer.
get() {
    asked=$2
    ask "$1" GET "$2"
    mv out answer
}

serving run.ckpt.h5 data.h5 --runs runs --visitors visitors.db
get 200 /openapi.json
cp answer document

# The document: each path begins with /, has its {segments} as parameters, each operation its name and its answers.
cat >document.jq <<'END'
.openapi == "3.1.0" and .info.title == "halorec" and (.info.version | length > 0)
and ([.paths[][].operationId] | length == (unique | length))
and all(.paths | to_entries[]; .key as $path | ($path | startswith("/"))
    and all(.value | to_entries[]; (.key | IN("get", "post", "put", "patch", "delete"))
        and ([$path | scan("{([^}]*)}") | .[]] | sort) == ([.value.parameters[] | select(.in == "path" and .required) | .name] | sort)
        and all(.value.parameters[]; (.description | length > 0) and .schema.type != null)
        and (.value.summary | length > 0) and (.value.responses | has("200") and has("default"))))
END
jq -e -f document.jq document >/dev/null || fail "the document is none: $(jq -c '.paths | keys' document)"

# Whether a value has a schema's types and keys, and no others.
cat >fits.jq <<'END'
$document[0] as $d | $d.components.schemas.Problem as $problem
| def schema_of($path): $d.paths[$path].get.responses["200"].content["application/json"].schema;
def is($kind): if $kind == "integer" then type == "number" and floor == . else type == $kind end;
def fits($s): . as $v
    | if $s.anyOf then any($s.anyOf[]; . as $one | $v | fits($one))
      elif $s.type == null then true
      else any([$s.type] | flatten | .[]; . as $type | $v | is($type))
        and (if type == "array" and $s.items then all(.[]; fits($s.items)) else true end)
        and (if type == "object" then
                all(($s.required // [])[]; . as $key | $v | has($key))
                and all(to_entries[]; .key as $key
                    | ($s.properties[$key] // $s.additionalProperties // false) as $of
                    | if $of == false then false else .value | fits($of) end)
             else true end)
      end;
END


# ask_all: asks for the paths of the file asked, "NAME PATH" a line, all on one connection: "NAME STATUS BODY" a line, tabs between.
ask_all() {
    while read -r name path; do
        printf 'next\nurl = "%s%s"\nwrite-out = "\\n%%{http_code}\\t%%{content_type}\\t%s\\n"\n' "$url" "$path" "$name"
    done <asked >config
    sed -i 1d config
    curl -s -K config >answers
    awk -F'\t' 'NF == 3 && /^[0-9][0-9][0-9]\t/ { print $3 "\t" $1 "\t" ($2 ~ /json/ ? body : "\"not JSON\""); body = ""; next } { body = body $0 }' answers
}

# all FILTER: fails unless jq finds nothing with it among lines of NAME, STATUS and BODY: $name, $status, . are these.
all() {
    jq -rR --slurpfile document document "$(cat fits.jq) split(\"\t\") | .[0] as \$name | .[1] as \$status | .[2] | fromjson
        | if $1 then empty else \"\\(\$name): \\(\$status) \\(tostring[0:600])\" end" >unlike || fail "jq: $1"
    [ ! -s unlike ] || fail "not as described: $(head -n 3 unlike)"
}

# Each GET is asked with what is here, and its answer is as described.
cat >asked <<'END'
/similar /similar?movie=1
/tags /tags?movie=1
/top /top?by=rated
/latest /latest
/popular /popular
/movies /movies?query=film
/movies/{id} /movies/2
/users /users
/users/{id} /users/3
/explain /explain?user=3&movie=1
/graph /graph?user=3
/map /map
/stats /stats
/model /model
/insights /insights
/evaluation /evaluation
/runs /runs
/runs/{name} /runs/one
/openapi.json /openapi.json
/healthz /healthz
/readyz /readyz
END
ask_all | tee answered | all '$status == "200" and schema_of($name) != null and fits(schema_of($name))'
[ "$(wc -l <answered)" = "$(wc -l <asked)" ] || fail "asked $(wc -l <asked), answered $(wc -l <answered)"

# The others answer with what is described, or with a problem: visitors' own things want a visitor, files of the page a name.
cut -d' ' -f1 asked >asked_paths
jq -r '.paths | to_entries[] | select(.value | has("get")) | .key' document | grep -vxF -f asked_paths |
    awk '{ path = $0; gsub(/{[^}]*}/, "1", path); print $0, path }' >asked
ask_all | all '($status == "200" and schema_of($name) == null) or ($status == "200" and fits(schema_of($name))) or fits($problem)'

# Each path takes the methods that are described: another one is refused, and told which there are.
jq -r '.paths | to_entries[] | "\(.key) \(.value | keys | map(ascii_upcase) | sort | join(","))"' document >methods
while read -r path methods; do
    printf 'url = "%s%s"\nrequest = BREW\noutput = /dev/null\nwrite-out = "%%{http_code} %%header{allow}\\n"\n' "$url" "$(sed 's/{[^}]*}/1/g' <<<"$path")"
done <methods >config
curl -s -K config | while read -r code allowed; do
    [ "$code" = 405 ] || echo "status $code"
    tr -d ' \r' <<<"$allowed" | tr ',' '\n' | grep -vx -e HEAD -e OPTIONS | sort | paste -sd ,
done >allowed
cut -d' ' -f2 methods | diff - allowed >unlike || fail "methods that are described, and taken: $(paste methods allowed)"
get 404 /no/such/path
paste <(echo none) <(echo 404) answer | all 'fits($problem)'

# Parameters of queries: one that is no number, no word of the list, missing, or unknown is a problem that names it.
cat >wrong.jq <<'END'
.paths | to_entries[] | .key as $path | .value.get // empty | .parameters as $all
    | ($all | map(select(.in == "query" and .required) | "\(.name)=1")) as $needed
    | ($all[] | select(.in == "query") | .name as $name | ($needed | map(select(startswith($name + "=") | not))) as $rest
        | (if .schema.type == "integer" then ("x", "1.5", (.schema.maximum + 1), (.schema.minimum - 1))
           elif .schema.type == "number" then ("x", (.schema.maximum + 1))
           elif .schema.type == "boolean" then "maybe"
           elif .schema.enum then "x" else empty end | [$name, ($rest + ["\($name)=\(.)"])]),
          (if .required then [$name, $rest] else empty end)),
      ["nope", $needed + ["nope=1"]]
    | "\(.[0]) \($path | gsub("{[^}]*}"; "1"))?\(.[1] | join("&"))"
END
jq -r -f wrong.jq document >asked
[ "$(wc -l <asked)" -ge 60 ] || fail "only $(wc -l <asked) wrong requests"
ask_all | tee answered | all '$status == "400" and fits($problem) and .status == 400 and .field == $name'
[ "$(wc -l <answered)" = "$(wc -l <asked)" ] || fail "asked $(wc -l <asked), answered $(wc -l <answered)"
stop_serving
