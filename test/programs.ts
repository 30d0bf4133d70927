/** Programs from outside that some tests judge with, or drive keysheet by. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "vitest";

/** Debian's packages libpdfbox2-java, libactivation-java and libjaxb-api-java. */
export const PREFLIGHT_JARS: readonly string[] = [
  "preflight",
  "pdfbox2",
  "fontbox2",
  "xmpbox",
  "commons-logging",
  "jaxb-api",
  "javax.activation",
].map((name) => `/usr/share/java/${name}.jar`);

const CHECKS = {
  java: () => isThere("java") && PREFLIGHT_JARS.every((jar) => existsSync(jar)),
  qpdf: () => isThere("qpdf"),
  poppler: () => isThere("pdfinfo") && isThere("pdffonts") && isThere("pdftotext"),
  zbarimg: () => isThere("zbarimg"),
  // The one of util-linux; that of other systems takes other options.
  script: () => String(spawnSync("script", ["--version"]).stdout).includes("util-linux"),
  tmux: () => isThere("tmux"),
  // Before 3.0 scrypt takes no passphrase from a file.
  openssl: () => /^OpenSSL [3-9]/.test(String(spawnSync("openssl", ["version"]).stdout)),
  python3: () => isThere("python3"),
  bash: () => isThere("bash"),
  zsh: () => isThere("zsh"),
  fish: () => isThere("fish"),
  mandoc: () => isThere("mandoc"),
  // Where it may watch processes: some containers forbid that.
  strace: () => spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0,
} as const;

function isThere(program: string): boolean {
  return spawnSync(program, ["--version"]).error === undefined;
}

export function hasProgram(program: keyof typeof CHECKS): boolean {
  return CHECKS[program]();
}

/** A test that needs a program: skipped where it is missing, but in CI, where it then fails. */
export function testWith(program: keyof typeof CHECKS): typeof test | typeof test.skip {
  return process.env.CI === undefined && !hasProgram(program) ? test.skip : test;
}
