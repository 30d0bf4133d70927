/** Reed-Solomon over GF(2^8) as in QR codes: roots a^0 to a^(checks - 1), polynomial 0x11d. */
const EXP = new Uint8Array(510);
const LOG = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = x;
  EXP[i + 255] = x;
  LOG[x] = i;
  x <<= 1;
  if (x & 0x100) x ^= 0x11d;
}
const mul = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : (EXP[(LOG[a] as number) + (LOG[b] as number)] as number);
const inv = (a: number): number => EXP[255 - (LOG[a] as number)] as number;

export interface BlockCorrection {
  readonly codewords: Uint8Array;
  /** Codewords that were not erased and are others now. */
  readonly errors: number;
}

/** The codeword within 2 x errors + erasures <= checks, or null. */
export function correctBlock(
  received: Uint8Array,
  checks: number,
  erasures: readonly number[],
): BlockCorrection | null {
  const n = received.length;
  if (erasures.length > checks) return null;
  const word = received.slice();
  for (const e of erasures) word[e] = 0;
  const synd = syndromes(word, checks);
  let lambda: number[] = [1];
  for (const e of erasures) {
    const x = EXP[n - 1 - e] as number;
    const next = [...lambda, 0];
    for (let i = 0; i < lambda.length; i++)
      next[i + 1] = (next[i + 1] as number) ^ mul(lambda[i] as number, x);
    lambda = next;
  }
  let previous = [...lambda];
  let length = erasures.length;
  let shift = 1;
  let b = 1;
  for (let r = erasures.length; r < checks; r++) {
    let d = 0;
    for (let i = 0; i <= length && i < lambda.length; i++)
      d ^= mul(lambda[i] as number, synd[r - i] ?? 0);
    if (d === 0) {
      shift++;
      continue;
    }
    const factor = mul(d, inv(b));
    const next = [...lambda];
    previous.forEach((value, i) => {
      while (next.length <= i + shift) next.push(0);
      next[i + shift] = (next[i + shift] as number) ^ mul(factor, value);
    });
    if (2 * length <= r + erasures.length) {
      previous = lambda;
      b = d;
      length = r + 1 + erasures.length - length;
      shift = 1;
    } else shift++;
    lambda = next;
  }
  while (lambda.length > 1 && lambda[lambda.length - 1] === 0) lambda.pop();
  const degree = lambda.length - 1;
  if (degree !== length || 2 * degree - erasures.length > checks) return null;
  const places: number[] = [];
  for (let e = 0; e < n; e++) {
    const x = EXP[(255 - (e % 255)) % 255] as number;
    let sum = 0;
    for (let i = degree; i >= 0; i--) sum = mul(sum, x) ^ (lambda[i] as number);
    if (sum === 0) places.push(e);
  }
  if (places.length !== degree) return null;
  const omega = new Uint8Array(checks);
  for (let i = 0; i < checks; i++) {
    for (let j = 0; j <= Math.min(i, degree); j++) {
      omega[i] = (omega[i] as number) ^ mul(lambda[j] as number, synd[i - j] as number);
    }
  }
  let errors = 0;
  for (const e of places) {
    const xi = EXP[(255 - (e % 255)) % 255] as number;
    let num = 0;
    for (let i = degree - 1; i >= 0; i--) num = mul(num, xi) ^ (omega[i] as number);
    let den = 0;
    const xi2 = mul(xi, xi);
    for (let i = degree - (degree % 2 === 0 ? 1 : 0); i >= 1; i -= 2)
      den = mul(den, xi2) ^ (lambda[i] as number);
    if (den === 0) return null;
    const magnitude = mul(EXP[e % 255] as number, mul(num, inv(den)));
    const index = n - 1 - e;
    word[index] = (word[index] as number) ^ magnitude;
    if (!erasures.includes(index) && magnitude !== 0) errors++;
  }
  if (syndromes(word, checks).some((s) => s !== 0)) return null;
  return { codewords: word, errors };
}

function syndromes(word: Uint8Array, checks: number): Uint8Array {
  const result = new Uint8Array(checks);
  for (let j = 0; j < checks; j++) {
    let sum = 0;
    for (const value of word) sum = mul(sum, EXP[j] as number) ^ value;
    result[j] = sum;
  }
  return result;
}
