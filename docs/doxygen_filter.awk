# Makes Doxygen's comments of the plain ones in a header, for `cmake --build --preset release --target docs`:
#   the first comment            the file's
#   a comment on its own lines   that of the declaration below
#   a comment behind code        that of the member, or the macro, before it
# Indented lines of a comment, such as tables of parameters, stay as they are written. Function bodies are left alone.

function escape(text) {
    gsub(/[\\@#<>&%$"]/, "\\\\&", text)
    gsub(/--/, "\\--", text) # else Doxygen makes a dash of them
    return text
}

# A line of a comment, without its asterisks.
function comment_line(text, indent) {
    match(text, /^ */)
    indent = RLENGTH
    if (text !~ /[^ ]/) {
        return close_verbatim()
    }
    if (indent >= 2) {
        return (verbatim++ ? "" : "@verbatim\n") text
    }
    return close_verbatim() escape(text)
}

function close_verbatim() {
    if (!verbatim) {
        return ""
    }
    verbatim = 0
    return "@endverbatim\n"
}

# What follows the beginning of a comment or an asterisk, up to the comment's end.
function comment(text, end) {
    end = index(text, "*/")
    inside = !end
    if (end) {
        text = substr(text, 1, end - 1)
        sub(/ +$/, "", text)
    }
    print comment_line(text) (end ? "\n" close_verbatim() " */" : "")
}

inside {
    text = $0
    sub(/^ *\*? ?/, "", text)
    if ($0 ~ /^ *\*\/ *$/) {
        text = "*/"
    }
    if (behind) {
        sub(/^ +/, "", text)
    }
    comment(text)
    next
}

{
    code = $0
    start = index(code, "/*")
    if (start) {
        code = substr(code, 1, start - 1)
    }
    if (depth == 0 && code ~ /\{/) {
        is_type = code ~ /(struct|enum|union)[^()]*\{/
    }
    documented = start && (depth == 0 || is_type)
    opened = gsub(/\{/, "{", code)
    closed = gsub(/\}/, "}", code)
    depth += opened - closed
    if (!documented) {
        print
        next
    }
    behind = code ~ /[^ ]/
    text = substr($0, start + 2)
    sub(/^ /, "", text)
    print code (behind ? "/**<" : NR == 1 ? "/** @file" : "/**")
    comment(text)
}
