# An ordinary user who may not install is told exactly which packages are missing, and how root would install them.
mkdir stubs
cat >stubs/dpkg-query <<'END'
#!/bin/sh
for last; do :; done
case $last in libmetis-dev | libscalapack-openmpi-dev | libzstd-dev | libutf8proc-dev) exit 1 ;; esac
echo installed
END
printf '#!/bin/sh\necho 1000\n' >stubs/id
printf '#!/bin/sh\nexit 1\n' >stubs/sudo
chmod +x stubs/*
PATH=$folder/stubs:$PATH run 4 "$root/jobs/install-dependencies.sh" </dev/null
expect err "these packages are missing and this user cannot install them: libmetis-dev libscalapack-openmpi-dev libzstd-dev libutf8proc-dev"
expect err "apt-get install -y libmetis-dev libscalapack-openmpi-dev libzstd-dev libutf8proc-dev"
