# Sourced by bin/test: what tests need beyond the product, from Debian's packages.
# shellcheck shell=bash

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# debian_package NAME COMMAND: makes COMMAND available by installing NAME if it is missing.
debian_package() {
  command -v "$2" >/dev/null && return
  command -v apt-get >/dev/null || die "The tests need $2: install $1, then try again."
  say "installing $1 from Debian"
  as_root apt-get update -qq >&2 || die "apt-get update failed: install $1 by hand, then try again."
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null ||
    die "Installing $1 failed: install it by hand, then try again."
}

# PostgreSQL without the server that Debian starts with it; the tests start their own.
postgresql_package() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && return
  command -v initdb >/dev/null && return
  if command -v apt-get >/dev/null; then
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.d/natter.conf >/dev/null
  fi
  debian_package postgresql initdb
}
