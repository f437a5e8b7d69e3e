# nginx with jobs/service/nginx.conf, its names and ports replaced, serves what the server does, over TLS; the server knows its
# name, and who asks.
# Not under sanitizers: it is the proxy's configuration that is tested.
command -v nginx >/dev/null && command -v openssl >/dev/null || exit 77
. "$root/tests/support/serving.sh"
small_films films
run 0 "$halorec" import --from films --out d.h5
run 0 "$halorec" train d.h5 --model popular --epochs 1 --checkpoint a.h5
serving a.h5 d.h5 --visitors v.db --proxied --host localhost,127.0.0.1,example.org
run 0 openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=example.org -keyout key.pem -out cert.pem
sed "s/127.0.0.1:8080/127.0.0.1:${url##*:}/; s/listen 443 ssl/listen unix:$(printf '%s' "$folder" | sed 's,/,\\/,g')\/tls ssl/
    s,/etc/ssl/certs/example.org.pem,$folder/cert.pem,; s,/etc/ssl/private/example.org.key,$folder/key.pem,
    s/\$remote_addr/192.0.2.7/" "$root/jobs/service/nginx.conf" >site.conf
cat >nginx.conf <<END
daemon off; pid $folder/nginx.pid; error_log $folder/nginx.err; events {}
http {
    access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    include $folder/site.conf;
}
END
nginx -p "$folder" -c "$folder/nginx.conf" 2>nginx.start &
proxy=$!
trap 'kill $proxy $server 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 100); do [ -S tls ] && break; sleep 0.05; done
[ -S tls ] || fail "nginx does not start: $(cat nginx.start nginx.err)"
direct=$url
url=https://example.org
through=(--insecure --unix-socket tls)
ask 200 GET "/recommend?user=7" "${through[@]}"
cp out proxied
url=$direct
ask 200 GET "/recommend?user=7"
cmp -s out proxied || fail "through the proxy: $(cat proxied), without: $(cat out)"
url=https://example.org
ask 200 GET / "${through[@]}" --compressed
grep -qi '^strict-transport-security:' headers || fail "no HSTS: $(cat headers)"
ask 403 POST /recommend "${through[@]}" --header 'Origin: https://evil.example' --header 'Content-Type: application/json' --data '{}'
ask 200 POST /recommend "${through[@]}" --header 'Origin: https://example.org' --header 'Content-Type: application/json' \
    --data '{"user": 7}'
movie=$(jq '.recommendations[0].movie' out)
ask 200 PUT "/ratings/$movie" "${through[@]}" --header 'Origin: https://example.org' --header 'Content-Type: application/json' \
    --data '{"rating": 4}' 
grep -qi '^set-cookie:.*secure' headers || fail "a cookie over https is not Secure: $(cat headers)"
kill $proxy
wait $proxy || true
url=$direct
stop_serving
