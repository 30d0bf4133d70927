// The sheet alone, as the bench times it: a key file to the bytes of a PDF, without the proof. With
// --warm it makes the sheet again and again in one process and prints the median in milliseconds.
import { readFileSync } from "node:fs";
import { backup, loadTemplate, parseKeyFile, print } from "../../dist/parts/sheet-alone.js";

const [, , keyFile, mode] = process.argv;
const record = { ...parseKeyFile(readFileSync(keyFile, "utf8"), "key"), day: 2518 };
const options = { label: "Bench", copies: 1, paper: "a4", isDiscreet: false };
const times = [];
for (let run = 0; run < (mode === "--warm" ? 30 : 1); run++) {
  const started = performance.now();
  await print(backup(record, "standard"), await loadTemplate("standard"), options);
  times.push(performance.now() - started);
}
if (mode === "--warm") {
  const warm = times.slice(5).sort((a, b) => a - b);
  process.stdout.write(String(warm[Math.floor(warm.length / 2)]));
}
