# Sourced by the commands in bin/: finds what they need, or says what to install.
# shellcheck shell=bash
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

die() {
  printf '%s\n' "$@" >&2
  exit 1
}

say() { printf '\033[2m%s\033[0m\n' "· $*" >&2; }

# The major version of the JDK in folder $1, read from its release file without starting it.
jdk_major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# The whole version of the JDK in folder $1, such as 25.0.3+9.
jdk_version() { sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$1/release"; }

# Sets JAVA_HOME to a JDK of version 25 or later: the caller's own, else the first in the usual places.
find_jdk() {
  local home on_path
  on_path=$(readlink -f "$(command -v javac || true)" 2>/dev/null || true)
  for home in "${JAVA_HOME:-}" "${on_path%/bin/javac}" \
    /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && [ "$(jdk_major "$home" || echo 0)" -ge 25 ]; then
      export JAVA_HOME=$home
      return
    fi
  done
  die "Natter needs a JDK 25 or later, and none was found." \
    "Install one (Debian: apt install temurin-25-jdk or openjdk-25-jdk; macOS: brew install openjdk@25;" \
    "anywhere: sdk install java 25-tem) or set JAVA_HOME to where yours is, then try again."
}

# need COMMAND "how to get it"
need() { command -v "$1" >/dev/null || die "Natter needs $1, and it was not found. $2"; }

find_tools() {
  find_jdk
  need mvn "Install Apache Maven 3.8 or later (Debian: apt install maven; macOS: brew install maven)."
  need node "Install Node.js 20 or later (https://nodejs.org; macOS: brew install node)."
  need npm "Install npm, which comes with Node.js 20 or later (https://nodejs.org)."
}

# Whether any file below the given paths is newer than the file $1, or $1 is not there.
out_of_date() {
  local made=$1
  shift
  [ -e "$made" ] || return 0
  [ -n "$(find "$@" -newer "$made" -type f \
    -not -path '*/target/*' -not -path '*/node_modules/*' -not -path '*/dist/*' -print -quit 2>/dev/null)" ]
}

# Installs the npm packages of folder $1 as its lock file says, if they are not there yet.
npm_packages() {
  local dir=$root/$1 stamp=$root/$1/node_modules/.package-lock.json
  [ -e "$stamp" ] && [ ! "$dir/package-lock.json" -nt "$stamp" ] && return
  say "installing the npm packages of $1"
  npm ci --prefix "$dir" --no-audit --no-fund --loglevel=error >&2
  touch "$stamp"
}

# Maven without its chatter, from the project's folder; standard output is left to what is run afterwards.
maven() { (cd "$root" && mvn -B -ntp -q "$@") >&2; }

# Builds the chat's page and the client bundle, where they are out of date.
build_pages() {
  npm_packages core/socketio/client
  npm_packages extensions/admin/ui
  npm_packages chat/ui
  if out_of_date "$root/chat/ui/dist/index.html" "$root/chat/ui"; then
    say "building the chat's page"
    npm run --silent --prefix "$root/chat/ui" build >&2
  fi
}

# Builds module $1 and all it stands on into jars, if $2 (a jar) is older than any source.
build_jar() {
  if out_of_date "$root/$2" "$root"/{pom.xml,core,hosts,extensions} "$root/$1"; then
    say "building $1 (the first time takes a minute or two)"
    maven -pl "$1" -am package -Dmaven.test.skip -Dspotless.check.skip
  fi
}
