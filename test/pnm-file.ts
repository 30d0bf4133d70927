/** Netpbm's files as its manual pages describe them, of samples from 0 to `most`. */

export interface PnmShape {
  readonly widthPx: number;
  readonly heightPx: number;
  /** The figure behind the P. */
  readonly kind: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  readonly most: number;
  /** Of a PAM: 1 to 4. */
  readonly depth?: number;
  /** What stands between the parts of the head. */
  readonly space?: string;
}

/** Samples of each pixel, from the top left; of a bitmap 1 is black. */
export function pnm(samples: readonly number[], shape: PnmShape): Buffer {
  const { widthPx, heightPx, kind, most, space = "\n" } = shape;
  const isBits = kind === 1 || kind === 4;
  const sizes = [widthPx, heightPx, ...(isBits ? [] : [most])].map(String);
  const head = kind === 7 ? pamHead(shape) : `P${String(kind)}${space}${sizes.join(space)}\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), body(samples, shape)]);
}

function pamHead({ widthPx, heightPx, most, depth = 3 }: PnmShape): string {
  const facts = { WIDTH: widthPx, HEIGHT: heightPx, DEPTH: depth, MAXVAL: most };
  const lines = Object.entries(facts).map(([name, number]) => `${name} ${String(number)}`);
  return `P7\n# written by a test\n${lines.join("\n")}\nTUPLTYPE RGB\nENDHDR\n`;
}

function body(samples: readonly number[], { widthPx, heightPx, kind, most }: PnmShape): Buffer {
  if (kind === 1) return Buffer.from(samples.join(""), "latin1");
  if (kind <= 3) return Buffer.from(`${samples.join(" ")}\n`, "latin1");
  if (kind === 4) {
    const stride = Math.ceil(widthPx / 8);
    const bytes = Buffer.alloc(stride * heightPx);
    for (const [index, bit] of samples.entries()) {
      const [x, y] = [index % widthPx, Math.floor(index / widthPx)];
      const at = y * stride + (x >> 3);
      bytes[at] = (bytes[at] ?? 0) | (bit << (7 - (x & 7)));
    }
    return bytes;
  }
  if (most <= 255) return Buffer.from(samples);
  return Buffer.from(samples.flatMap((sample) => [sample >> 8, sample & 255]));
}
