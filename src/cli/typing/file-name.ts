/** The name of a file as people give it to a prompt: quoted, with escaped spaces, from their home. */
import path from "node:path";

export function parseFileName(text: string, home: string | undefined): string {
  const trimmed = text.trim();
  const quoted = /^(["'])(.*)\1$/.exec(trimmed)?.[2];
  // What is dragged onto a terminal comes with its spaces escaped.
  const plain = quoted ?? trimmed.replace(/\\(.)/g, "$1");
  const fromHome = /^~[/\\]/.test(plain) && home !== undefined;
  return fromHome ? path.join(home, plain.slice(2)) : plain;
}
