/** Completion as the shells themselves do it, with the scripts that the command prints. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HELP_TOPICS, SHELLS } from "../../src/cli/args.js";
import { completionScript } from "../../src/cli/completion.js";
import { optionValue } from "../../src/cli/option-values.js";
import { COMMANDS, optionRows, OPTIONS } from "../../src/cli/options.js";
import { testWith } from "../programs.js";
import { Story } from "./story.js";

const BEGINNINGS = [...COMMANDS, "help", "completion"];
const LANGUAGES = ["english", "spanish", "french", "italian", "czech", "portuguese"];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keysheet-shell-"));
  for (const shell of SHELLS) {
    writeFileSync(path.join(folder, `keysheet.${shell}`), completionScript(shell));
  }
  for (const file of ["photo one.jpg", "kraken.key"]) writeFileSync(path.join(folder, file), "");
  for (const name of ["photos", "zfunc"]) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, "zfunc", "_keysheet"), completionScript("zsh"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(program: string, args: readonly string[], input = ""): string {
  const env = { PATH: process.env.PATH ?? "", HOME: folder, TERM: "dumb", LC_ALL: "C.UTF-8" };
  const options = { cwd: folder, encoding: "utf8", env, input, timeout: 60_000 } as const;
  const { stdout, stderr, error } = spawnSync(program, args, options);
  expect(error).toBeUndefined();
  expect(stderr).toBe("");
  return stdout;
}

/** The words of a line, split as bash does it for its completions, the last one unfinished. */
function ofBash(line: string): readonly string[] {
  const words = line.replaceAll("=", " = ").split(/ +/);
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const script = `source keysheet.bash; COMP_WORDS=(${quoted}); COMP_CWORD=${String(words.length - 1)}
    _keysheet; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return lines(run("bash", ["--norc", "-c", script]));
}

function ofFish(line: string): readonly string[] {
  const script = `source keysheet.fish; complete -C ${JSON.stringify(line)}`;
  return lines(run("fish", ["--no-config", "-c", script])).map((each) => each.replace(/\t.*$/, ""));
}

/** Of a zsh on a terminal of its own, which is asked for what it would list. */
function ofZsh(line: string, loaded = "source ./keysheet.zsh"): readonly string[] {
  const script = `
zmodload zsh/zpty
zpty shell zsh -f -i
say() { zpty -w shell "$1"; }
until_seen() { local seen= part; while [[ $seen != *$1* ]]; do zpty -r shell part || break; seen+=$part; done; print -r -- "$seen"; }
say "PS1= PS2= ; fpath+=($PWD/zfunc); autoload -Uz compinit; compinit -u -D"
say ${JSON.stringify(loaded)}
say 'zstyle ":completion:*" list-grouped no; LISTMAX=0'
say 'compadd() { if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  typeset -a __found; builtin compadd -A __found "$@"; for each in $__found; print -r -- "FOUND<$each>" >> ./found.txt; builtin compadd "$@" }'
say 'finish() { print -r -- END >> ./found.txt; BUFFER=; zle accept-line }; zle -N finish; bindkey "^Xf" finish'
say 'zle -C list-all list-choices _main_complete; bindkey "^Xl" list-all; print READ"Y"'
until_seen READY >/dev/null
zpty -w -n shell ${JSON.stringify(line)}$'\\x18l\\x18f'
for i in {1..400}; do [[ -f found.txt ]] && grep -q END found.txt && break; sleep 0.05; done
zpty -d shell
cat found.txt
`;
  rmSync(path.join(folder, "found.txt"), { force: true });
  const found = lines(run("zsh", ["-f", "-c", script]));
  return [...new Set(found.flatMap((each) => /^FOUND<(.*)>$/.exec(each)?.[1] ?? []))];
}

function lines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

const FILES = ["kraken.key", "photo one.jpg", "photos"];

/** What stands on the line, and some of what each shell offers for it, and what it does not. */
const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["keysheet ", BEGINNINGS, ["--from", ...FILES]],
  ["keysheet re", ["restore"], ["make", ...FILES]],
  ["keysheet --v", ["--version"], ["restore"]],
  ["keysheet make --pa", ["--paper", "--passphrase", "--passphrase-file"], ["--from", "--against"]],
  ["keysheet restore --", ["--out", "--to", "--json", "--help"], ["--from", "--shares"]],
  ["keysheet make --paper ", ["a4", "letter"], ["--paper", ...FILES]],
  ["keysheet make --paper=", ["a4", "letter"], FILES],
  ["keysheet make --language ", LANGUAGES, FILES],
  ["keysheet make --language f", ["french"], ["english"]],
  ["keysheet make --template ", ["standard", "card", "large", "kraken.key"], []],
  ["keysheet make --from ", FILES, ["standard"]],
  ["keysheet make --label x --spare ", ["standard", "long"], ["--label"]],
  ["keysheet make ", [], FILES],
  ["keysheet restore ph", ["photo one.jpg", "photos"], ["kraken.key"]],
  ["keysheet restore make ph", ["photos"], []],
  ["keysheet restore make --", ["--show"], ["--from"]],
  ["keysheet help ", [...COMMANDS, ...HELP_TOPICS], FILES],
  ["keysheet completion ", SHELLS, FILES],
];

/** A folder with or without its slash, a value with or without its option, a blank as the shell writes it. */
function plain(words: readonly string[]): readonly string[] {
  return words.map((word) =>
    word
      .replace(/^--paper=/, "")
      .replace(/[/=]$/, "")
      .replaceAll("\\ ", " ")
      .trimEnd(),
  );
}

describe.each([
  ["bash", ofBash],
  ["fish", ofFish],
  ["zsh", ofZsh],
] as const)("%s completes", (shell, complete) => {
  testWith(shell).each(CASES)("%j", (line, some, none) => {
    const found = plain(complete(line));
    expect(found).toEqual(expect.arrayContaining([...some]));
    expect(found.filter((word) => none.includes(word))).toEqual([]);
  });

  testWith(shell).each(COMMANDS)("every option of %s, and no other", (command) => {
    const options = optionRows(command).map(([name]) => `--${name}`);
    const found = plain(complete(`keysheet ${command} --`));
    expect([...found].sort()).toEqual([...options].sort());
  });
});

testWith("zsh")("zsh finds the script in a folder of functions, too", () => {
  expect(plain(ofZsh("keysheet make --paper ", ":"))).toEqual(["a4", "letter"]);
});

testWith("script")("bash on a terminal completes what Tab is pressed behind", () => {
  const lines = [
    "source ./keysheet.bash",
    "keysheet() { printf '<%s>' \"$@\"; echo; }",
    "keysheet ma\t--pap\tlet\t--from kra\t",
    "keysheet make --language=fr\t",
    "keysheet restore photo\\ \t",
    "exit",
  ];
  const input = lines.map((line) => `${line}\n`).join("");
  const shell = "bash --norc --noprofile -i";
  const seen = run("script", ["-qec", shell, "/dev/null"], input);
  expect(seen).toContain("<make><--paper><letter><--from><kraken.key>");
  expect(seen).toContain("<make><--language=french>");
  expect(seen).toContain("<restore><photo one.jpg>");
});

describe("keysheet completion", () => {
  test.each(SHELLS)("prints the script of %s", async (shell) => {
    const story = new Story();
    const told = await story.tell(["completion", shell]);
    expect(told).toMatchObject({ exitCode: 0, stderr: "", stdout: completionScript(shell) });
    const { stdout } = await story.tell(["completion", "--json", shell]);
    expect(JSON.parse(stdout)).toEqual({ status: "done", script: completionScript(shell) });
    story.end();
  });

  test("without a shell, or with one that there is not, names those that there are", async () => {
    const story = new Story();
    for (const args of [["completion"], ["completion", "tcsh"]]) {
      const told = await story.tell(args);
      expect(told).toMatchObject({ exitCode: 64, stdout: "" });
      expect(told.said).toContain("keysheet completion bash, zsh or fish");
    }
    const help = await story.tell(["completion", "--help"]);
    expect(help.stdout).toBe((await story.tell(["help", "completion"])).stdout);
    expect(help.stdout).toContain("fpath+=");
    story.end();
  });
});

test("every choice that is offered is one that the command line takes", () => {
  let count = 0;
  for (const command of COMMANDS) {
    for (const [name, row] of optionRows(command)) {
      for (const choice of optionValue(row)?.choices ?? []) {
        expect(row.pattern?.test(choice), `${command} --${name} ${choice}`).toBe(true);
        count++;
      }
    }
  }
  expect(count).toBeGreaterThan(15);
  expect(optionValue(OPTIONS.make.out)).toMatchObject({ isFile: true, choices: [] });
  expect(optionValue(OPTIONS.make.copies)).toMatchObject({ isFile: false, choices: [] });
});
