# Doxygen makes the pages of the public headers without a warning.
if ! command -v doxygen >/dev/null; then
    echo "SKIPPED: api_documentation_has_no_warning: doxygen is missing: jobs/install-dependencies.sh --docs installs it"
    exit 77
fi
sed "s,@PROJECT_SOURCE_DIR@,$root,; s,@PROJECT_BINARY_DIR@,$folder,; s,@PROJECT_[A-Z]*@,halorec," "$root/docs/Doxyfile.in" >Doxyfile
mkdir docs
cd "$root"
doxygen "$folder/Doxyfile" >"$folder/out" 2>"$folder/err" || fail "doxygen: $(head -n 20 "$folder/err")"
grep -q 'Adjoint of hr_halo_reduce' "$folder/docs/html/halo_8h.html" || fail "the pages do not have the headers' comments"
