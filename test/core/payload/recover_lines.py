"""recover.py for many sheets in one process: a request a line, its record or refusal a line, as JSON.

    python3 recover_lines.py RECOVER.PY FOLDER

The folder has the word lists, a file each. A request has texts, or payloads in hexadecimal, and maybe
a passphrase. Many sheets share a passphrase, a salt and a cost: what scrypt makes of them is kept."""
import functools
import hashlib
import importlib.util
import json
import pathlib
import sys

spec = importlib.util.spec_from_file_location("recover", sys.argv[1])
recover = importlib.util.module_from_spec(spec)
sys.dont_write_bytecode = True
spec.loader.exec_module(recover)
hashlib.scrypt = functools.lru_cache(maxsize=None)(hashlib.scrypt)
LISTS = [recover.read_list(path.read_text("utf-8")) for path in sorted(pathlib.Path(sys.argv[2]).iterdir())]


def ask(request):
    if "passphrase" not in request:
        raise recover.Refused("passphrase: one is needed")
    return request["passphrase"]


def answer(request):
    try:
        if "payloads" in request:
            payloads = {bytes.fromhex(payload) for payload in request["payloads"]}
            return {"record": recover.key_of(payloads, lambda: ask(request))}
        if "codes" in request:
            payloads = set(recover.read_codes("".join("".join(request["codes"]).split()).upper()))
            return {"record": recover.key_of(payloads, lambda: ask(request))}
        return {"record": recover.restore(request["texts"], LISTS, lambda: ask(request))}
    except recover.Refused as problem:
        return {"refused": str(problem)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
