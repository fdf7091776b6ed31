# Sourced by the commands that start the chat: the JVM's flags, and the cache for a fast start.
# shellcheck shell=bash

# Sets `flags`: the words before -jar. $1 is the folder with the file jvm-flags, $2 the AOT cache, which may be missing.
chat_flags() {
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}
  flags=("@$1/jvm-flags")
  # On one core a thread that spins only keeps the others waiting.
  if [ "$(nproc 2>/dev/null)" = 1 ]; then
    flags+=(-XX:+UnlockDiagnosticVMOptions -XX:DisableIntrinsic=_onSpinWait)
  fi
  # A cache of another JDK or jar is not used, and that is no reason for a warning at each start.
  [ ! -r "$2" ] || flags+=("-XX:AOTCache=$2" -Xlog:aot=off -Xlog:cds=off)
}

# make_aot_cache JAVA JAR FLAGS_FOLDER CACHE: runs the chat once on an empty folder, lets a client in, and stops it.
# The JVM writes the classes that it has loaded and linked into the cache when it exits. A failure costs the fast start
# only.
make_aot_cache() {
  local java=$1 jar=$2 folder=$3 cache=$4 data address pid ok=1
  data=$(mktemp -d)
  chat_flags "$folder" ""
  "$java" "${flags[@]}" "-XX:AOTCacheOutput=$cache.new" -Xlog:aot=off -Xlog:cds=off \
    -jar "$jar" --port 0 --data "$data" >"$data/out" 2>"$data/err" &
  pid=$!
  for _ in $(seq 600); do
    address=$(sed -n 's/^Natter is at //p' "$data/out")
    [ -z "$address" ] && kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  if [ -n "$address" ]; then
    use_chat "$address" >/dev/null 2>&1 || true
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid" || true
    # Another start may use the old cache or make the same one meanwhile.
    [ -s "$cache.new" ] && mv "$cache.new" "$cache" && ok=0
  else
    kill -KILL "$pid" 2>/dev/null || true
  fi
  rm -rf "$data"
  return "$ok"
}

# Loads the page and opens a session, as the first visitor does.
use_chat() {
  local handshake
  curl -fsS --max-time 10 "$1/" -o /dev/null
  handshake=$(curl -fsS --max-time 10 "$1/socket.io/?EIO=4&transport=polling")
  [ -n "$handshake" ]
}
