#!/usr/bin/env python3
"""Gets a key back from sheets in keysheet's paper format 1, as FORMAT.md beside it describes.
Run python3 recover.py FILE..., each FILE the words of one sheet, typed in order with ? for one that is unreadable, or
texts of codes, KEYSHEET1/...; - is standard input. Shares, and the codes of one sheet, go together. Words of another
list than that of FORMAT.md need the list, a FILE of its 2048 words. A key is printed only when every check holds."""
import base64, datetime, functools, getpass, hashlib, hmac, itertools, pathlib, re, sys, unicodedata, uuid

# How the SHA-256 of each list begins, by its number. Providers from number 1: id and, of each field, name, * if secret,
# prefix, encoding, bytes, where a fixed body has it. Labels of PEM by number. Digits of groups of 1 to 7 bytes.
LISTS = "187db04a a3c2aa5c e7375c57 2f06d280 106cc838 407312f9 b8caec12 ffefe450 63a3babb 882265ec".split()
ROWS = """kraken-spot key::1:42 secret*::1:64; kraken-futures key::1:42 secret*::1:66; binance key::7:48
secret*::7:48; binance-self-generated key::7:48 privateKey*::8:50; coinbase-cdp name:organizations/:0:81
privateKey*::8:123; coinbase-cdp-ed25519 id privateKey*; okx key secret* passphrase*; bybit key secret*; kucoin key
secret* passphrase* version; bitfinex key::3:32 secret*::3:32; bitstamp key secret* customerId; gemini key secret*;
gateio key secret*; deribit clientId::0:8 clientSecret*::3:32; bitmex id::3:18 secret*::3:36; poloniex key::0:35
secret*::4:64; hyperliquid walletAddress::9:20 privateKey*::9:32; alpaca keyId secret*; robinhood key:rh-api-:6:16
privateKey*::1:32; aws accessKeyId:AKIA:10:10 secretAccessKey*::1:30; github token*:ghp_:7:27; github-fine-grained
token*:github_pat_:0:82; stripe key*; openai token*:sk-proj-:3:117; anthropic token*:sk-ant-api03-:3:71; crypto-com
key secret*; htx accessKey secretKey*"""
ROWS = {number: (id, [(name.strip("*"), "*" in name, *(how or (None, 0, 0))) for name, *how in
        (part.split(":") for part in parts)]) for number, (id, *parts) in enumerate(map(str.split, ROWS.split(";")), 1)}
PEM = (None, "PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PUBLIC KEY")
BASE62, GROUPS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", (None, 3, 5, 8, 10, 13, 15, 17)
class Refused(ValueError): """By a layer of the format, words, qr, payload, shares or seal, which begins the text."""
def require(holds, problem):
    if not holds: raise Refused(problem)
def H(tag, data): return hashlib.sha256(tag.encode() + b"\0" + data).digest()
def xor(f, g): return [a ^ b for a, b in itertools.zip_longest(f, g, fillvalue=0)]
def nfkd(text): return unicodedata.normalize("NFKD", text)
def bare(text): return "".join(c for c in nfkd(text).lower() if not unicodedata.combining(c))
def field(size, polynomial, up):  # the powers of a generator, by which `up` multiplies, and their logarithms
    step = lambda x, _: up(x) ^ (polynomial if up(x) >= size else 0)
    powers = list(itertools.accumulate(range(size - 2), step, initial=1))
    return powers, {x: i for i, x in enumerate(powers)}
W, B = field(2048, 0x805, lambda x: 2 * x), field(256, 0x11b, lambda x: x ^ 2 * x)
def power(F, exponent): return F[0][exponent % len(F[0])]
def mul(F, x, y): return power(F, F[1][x] + F[1][y]) if x and y else 0
def div(F, x, y): return power(F, F[1][x] - F[1][y]) if x else 0
# Words. A polynomial over the field of 2048 elements is a list, its lowest coefficient first.
def value(f, x): return functools.reduce(lambda sum, coefficient: mul(W, sum, x) ^ coefficient, reversed(f), 0)
def degree(f): return max((i for i, a in enumerate(f) if a), default=-1)
def times(f, g): return functools.reduce(xor, ([0] * i + [mul(W, a, b) for b in g] for i, a in enumerate(f)))
# The codeword with p spare words near a word, whose unreadable symbols are None; None where there is none.
# Sugiyama's decoder: Euclid's algorithm finds the places and, with Forney's formula, what to add to them.
def correct(word, p):
    n, erased = len(word), [i for i, symbol in enumerate(word) if symbol is None]
    word = [symbol or 0 for symbol in word]
    sums = lambda: [value(word[::-1], power(W, j)) for j in range(1, p + 1)]
    gamma = functools.reduce(times, ([1, power(W, n - 1 - i)] for i in erased), [1])
    before, omega, zero, locator = [0] * p + [1], times(gamma, sums())[:p], [0], [1]
    while 2 * degree(omega) >= p + len(erased):
        while degree(before) >= degree(omega):
            factor = [0] * (degree(before) - degree(omega)) + [div(W, before[degree(before)], omega[degree(omega)])]
            before, zero = xor(before, times(factor, omega)), xor(zero, times(factor, locator))
        before, omega, zero, locator = omega, before, locator, zero
    locator = times(gamma, locator)
    places = [(i, power(W, i + 1 - n)) for i in range(n) if value(locator, power(W, i + 1 - n)) == 0]
    if len(places) != degree(locator) or 2 * len(places) - len(erased) > p: return None
    for i, x in places: word[i] ^= div(W, value(omega, x), value(locator[1::2], mul(W, x, x)))
    return None if any(sums()) else word
def word_payloads(symbols, which, n):
    fits = lambda d, least, per: 6 * (d + max(least, -(-d // per))) == n <= 2046 and symbols.count(None) <= n - 6 * d
    for d in (d for d in range(1, n // 6) for level in ((3, 6), (5, 3)) if fits(d, *level)):  # standard, long keeping
        bits = "".join(f"{symbol:011b}" for symbol in (correct(symbols, n - 6 * d) or [])[:6 * d])
        for L in (L for L in range(1, len(bits) // 8) if -(-(-(-8 * L // 11) + 4) // 6) == d):
            k, payload = -(-8 * L // 11), int(bits[:8 * L], 2).to_bytes(L, "big")
            bound = bytes([which, *divmod(n, 256), *divmod(n - 6 * d, 256)]) + payload
            check = f"{int(H('keysheet words v1', bound).hex(), 16):0256b}"[:66 * d - 11 * k]
            if bits[8 * L:] == "0" * (11 * k - 8 * L) + check: yield payload
def read_list(text):  # its number, and the index of a word by all that may be typed for it; None for another text
    block = re.search(r"```text list \w+\n(.*?)```", text, re.S)
    text = re.sub("(?m)^\f?keysheet manual, page.*", "", block[1] if block else text)  # heads of printed pages
    words = [w for w in nfkd(text).split() if not w.isdigit()]
    pin, typed = hashlib.sha256("\n".join(words).encode()).hexdigest()[:8], {}
    if pin not in LISTS: return None
    for i, word in enumerate(words if LISTS.index(pin) in (0, 3, 6, 7, 8, 9) else ()):  # Latin: four letters tell it
        typed.update((bare(word)[:end], i) for end in range(min(4, len(bare(word))), len(bare(word)) + 1))
    return LISTS.index(pin), {**typed, **{word: i for i, word in enumerate(words)}}
def read_words(text, lists):
    typed = []
    for line in unicodedata.normalize("NFKC", text).splitlines():  # no punctuation, row numbers, row letters
        row = [t for t in re.sub(r"[^\w\s?]", " ", line).split() if not re.fullmatch(r"\d+|_+", t)]
        typed += [nfkd(t).lower() for t in (row[:-1] if re.search(r" [A-HJ-NP-Z]{2}$", " ".join(row)) else row)]
    read = ((which, [index.get(t, index.get(bare(t))) for t in typed]) for which, index in lists)
    found = {payload for which, symbols in read for payload in word_payloads(symbols, which, len(typed))}
    require(len(found) == 1, f"words: {len(found)} payloads fit these {len(typed)} words; compare them with the paper")
    return found.pop()
def read_codes(text):  # the payloads of all pieces in a text without white space, in upper case
    sets = {}
    for version, *head, digits in re.findall("KEYSHEET([1-9][0-9]*)/([1-9][0-9]?)/([1-9][0-9]?)/([0-9]+)", text):
        require(version == "1", "qr: a code of a newer version")
        (i, t), groups = map(int, head), re.findall(".{1,17}", digits)
        try: piece = b"".join(int(group).to_bytes(GROUPS.index(len(group)), "big") for group in groups)
        except (OverflowError, ValueError): raise Refused(f"qr: code {i} of {t} was misread") from None
        pieces = sets.setdefault((t, piece[:4] if t > 1 else piece), {})
        require(i <= t and pieces.setdefault(i, piece) == piece, f"qr: two different codes {i}, or one above {t}")
    require(sets, "qr: no code")
    for (t, head), pieces in sets.items():
        missing = [i for i in range(1, t + 1) if i not in pieces]
        require(not missing, f"qr: of {t} codes these are missing: {missing}")
        parts = [pieces[i][4 if t > 1 else 0:] for i in range(1, t + 1)]
        whole, q, check = b"".join(parts), len(parts[0]) or 1, H("keysheet qr v1", b"".join(parts)[:-6])[:6]
        is_cut = [whole[i:i + q] for i in range(0, len(whole), q)] == parts and len(whole) > 6
        require(is_cut and whole[-6:] == check and (t == 1 or head == check[:4]), "qr: the check does not hold")
        yield whole[:-6]

# Payloads
def text_of(encoding, data):
    if encoding == 6: return str(uuid.UUID(bytes=data))
    if encoding == 7:
        n, digits = int.from_bytes(data, "big"), ""
        while n: n, digits = n // 62, BASE62[n % 62] + digits
        require(data[:1] > b"\0" and digits[0] == "1", "base62")
        return digits[1:]
    if encoding == 8:
        require(len(data) > 2 and 1 <= data[0] <= 5 and data[1] < 4, "PEM")
        label, lines, end = PEM[data[0]], re.findall(".{1,64}", text_of(1, data[2:])), "\r\n" if data[1] & 1 else "\n"
        return end.join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"]) + end * (data[1] >> 1)
    if encoding in (4, 5, 9): return {4: data.hex(), 5: data.hex().upper(), 9: "0x" + data.hex()}[encoding]
    coders = {0: bytes, 1: base64.b64encode, 2: base64.b64encode, 3: base64.urlsafe_b64encode, 10: base64.b32encode}
    return (coders[encoding](data).rstrip(b"=") if encoding in (2, 3, 10) else coders[encoding](data)).decode()
def record(payload, layer="payload"):  # a plain payload as keysheet's own JSON
    rest, fields = list(payload[:0:-1]), []
    take = lambda n: bytes(rest.pop() for _ in range(n))
    def measured():
        form, length = take(1)[0], take(1)
        while length[-1] > 127 and len(length) < 3: length += take(1)
        require(length[-1] in range(len(length) > 1, 128), "length")
        return [text_of(form & 127, take(sum((b & 127) << 7 * i for i, b in enumerate(length)))), form > 127]
    provider = payload[1] if len(payload) > 1 else 128
    require(provider in (0, 128) or provider & 127 in ROWS, "payload: of a provider that a newer keysheet knows")
    which, row = ROWS.get(provider & 127, (None, ()))
    try:
        day = int.from_bytes(take(3)[1:], "big")
        for name, secret, prefix, encoding, size in row:
            require(size or provider > 128, "a row without a fixed body")
            fixed = lambda: (prefix + text_of(int(encoding), take(int(size))), secret)
            text, is_secret = measured() if provider > 128 else fixed()
            require(is_secret == secret, "secret bit")
            fields += [[name, text, secret]] if text else []
        count = 0 if row else take(1)[0]
        require(row or provider == 128 and 1 <= count <= 32, "provider or count")
        for name in (take(take(1)[0]) for _ in range(count)):
            is_name = 0 < len(name) < 65 and not re.search("[\0-\x1f\x7f-\x9f]", name.decode())
            require(is_name and name.decode() not in [known for known, _, _ in fields], "name")
            fields.append([name.decode(), *measured()])
        require(not rest, "bytes behind its end")
    except (LookupError, ValueError): raise Refused(f"{layer}: malformed plain payload") from None
    return {"keysheet": 1, "provider": which, "day": day, "fields": fields}
def checked(p, layer="payload", kinds=(0x10, 0x11, 0x12)):  # a payload; where it is malformed, the layer is at fault
    require(0 < len(p) <= 4096 and p[0] > 15 and (p[0] in kinds or p[0] > 0x12), f"{layer}: malformed head")
    require(p[0] < 0x13, "payload: made by a newer keysheet, or of an unknown kind")
    require(p[0] != 0x11 or len(p) > 34 and 14 <= p[1] <= 22, f"{layer}: malformed sealed payload")
    require(p[0] != 0x12 or len(p) > 23 and 0 < p[5] >> 4 <= p[5] & 15 >= p[6] - 1 >= 0, f"{layer}: malformed share")
    return p if p[0] > 0x10 or record(p, layer) else p
def joined(shares):  # what they were split from; every one that is there must be of the set
    shares, m = sorted(shares, key=lambda share: share[6]), (min(shares)[5] >> 4) + 1
    numbers, heads = [share[6] for share in shares], {(share[:6], len(share)) for share in shares}
    require(len(heads) == 1 and len(set(numbers)) == len(numbers), "shares: of several sets, or two of one number")
    require(len(shares) >= m, f"shares: {m} are needed, and these are there: {numbers}")
    def at(x, result=()):
        for i, share in zip(numbers[:m], shares):
            ratios = [div(B, j ^ x, j ^ i) for j in numbers[:m] if j != i]
            result = xor(result, [functools.reduce(functools.partial(mul, B), ratios, y) for y in share[7:]])
        return bytes(result)
    require(H("keysheet share v1", shares[0][1:6] + at(0)[8:])[:8] == at(0)[:8], "shares: one is not of this set")
    for share in shares: require(at(share[6]) == share[7:], f"shares: number {share[6]} is not of this set")
    return checked(at(0)[16:], "shares", (0x10, 0x11))
def counter_mode(key, data):  # AES-256, the first counter block zero: FIPS 197, NIST SP 800-38A
    S = [(y ^ y >> 4 ^ y >> 5 ^ y >> 6 ^ y >> 7) % 256 ^ 99 for y in (257 * div(B, x > 0, x or 1) for x in range(256))]
    keys, stream = [list(key[i:i + 4]) for i in range(0, 32, 4)], []
    for i in range(8, 60):
        t = [S[x] for x in keys[-1]] if i % 4 == 0 else keys[-1]
        keys.append(xor(keys[-8], xor(t[1:] + t[:1], [1 << i // 8 - 1]) if i % 8 == 0 else t))
    for counter in range(-(-len(data) // 16)):
        state = xor(counter.to_bytes(16, "big"), sum(keys[:4], []))
        for i in range(1, 15):
            s = [S[state[5 * j % 16]] for j in range(16)]
            columns = [(s[j], *(s[j // 4 * 4 + (j + step) % 4] for step in (1, 2, 3))) for j in range(16)]
            mixed = [mul(B, 2, a) ^ mul(B, 3, b) ^ c ^ d for a, b, c, d in columns] if i < 14 else s
            state = xor(mixed, sum(keys[4 * i:4 * i + 4], []))
        stream += state
    return bytes(xor(data, stream[:len(data)]))
def opened(payload, typed, cost):
    require(typed and not re.search("[\0\ud800-\udfff]", typed), "seal: a passphrase has characters, no U+0000")
    require(cost <= 20, "seal: cost above 20, too much for Python's scrypt; FORMAT.md shows OpenSSL do it")
    for passphrase in (typed, " ".join(typed.lower().split())):
        dk = hashlib.scrypt(nfkd(passphrase).encode(), salt=payload[2:18], n=1 << cost, r=8, p=1, maxmem=1032 << cost)
        if hmac.compare_digest(hmac.new(dk[32:], payload[:-16], "sha256").digest()[:16], payload[-16:]):
            return checked(b"\x10" + counter_mode(dk[:32], payload[18:-16]), "seal", (0x10,))
    raise Refused("seal: wrong passphrase, or a changed sheet")

def restore(texts, lists, ask):  # each text is the words of a sheet, or codes; `ask` gives a passphrase
    texts = {text: re.sub(r"\s", "", text).upper() for text in texts}
    words = {read_words(text, lists) for text, stripped in texts.items() if "KEYSHEET" not in stripped}
    codes = " ".join(stripped for stripped in texts.values() if "KEYSHEET" in stripped)
    return key_of(words.union(read_codes(codes) if codes else ()), ask)
def key_of(payloads, ask):
    if {checked(payload)[0] for payload in payloads} == {0x12}: payloads = {joined(payloads)}
    require(len(payloads) == 1, "payload: these are sheets of different keys")
    return record(*(opened(p, ask(), p[1]) if p[0] == 0x11 else p for p in payloads))
def main():
    read = lambda name: sys.stdin.read() if name == "-" else pathlib.Path(name).read_text(encoding="utf-8")
    texts, beside = list(map(read, sys.argv[1:])), pathlib.Path(__file__).with_name("FORMAT.md")
    lists = [found for found in map(read_list, texts + ([read(beside)] if beside.exists() else [])) if found]
    try: key = restore([text for text in texts if not read_list(text)], lists, getpass.getpass)
    except Refused as problem: sys.exit(f"refused: {problem}")
    print(key["provider"] or "a key", datetime.date(2020, 1, 1) + datetime.timedelta(key["day"]), file=sys.stderr)
    for name, text, _ in key["fields"]: print(f"{name}: {text}")
if __name__ == "__main__": sys.exit(__doc__) if len(sys.argv) < 2 else main()
