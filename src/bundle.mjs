// @ts-check
// Puts the modules and the packages that they use together into few files, the ones that are published:
// what a call does not need is not loaded, and what it needs is a few files and not some hundreds.
//
// The entries take the place of the built modules of their names; all else is in dist/parts. The modules
// stay beside them, for tests. WebAssembly and native code are in their packages, which stay dependencies.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DIST = path.join(ROOT, "dist");
const PARTS = path.join(DIST, "parts");
const require = createRequire(import.meta.url);

const ENTRIES = ["cli/main", "index", "core", "adapters/node/reading-thread"].map((name) => [
  name,
  path.join(ROOT, "src", `${name}.ts`),
]);
/** Not published. */
const TIMED = ["parts/sheet-alone", path.join(ROOT, "test/bench/sheet-alone.mjs")];

/** Found by its own file, not by a bundle. */
const KEPT_PACKAGES = [/^libheif-js/];

/**
 * What of a package no sheet uses, and what would still be made at each start: encryption, pictures and
 * line breaks of pdfkit, and WOFF2 of fontkit.
 */
const LEFT_OUT = [
  { importer: /[\\/]pdfkit[\\/]/, name: /^@noble\/ciphers\/aes$/, exports: ["cbc", "ecb"] },
  { importer: /[\\/]pdfkit[\\/]/, name: /^linebreak$/, exports: ["default"] },
  { importer: /[\\/]pdfkit[\\/]/, name: /^png-js$/, exports: ["default"] },
  { importer: /[\\/]fontkit[\\/]/, name: /^brotli\/decompress\.js$/, exports: ["default"] },
];

const ABSENT = "\0absent ";

/**
 * A part of a package that is not there: whoever calls it is told so.
 * @type {import("rolldown").Plugin}
 */
const withoutUnused = {
  name: "without-unused",
  resolveId(id, importer = "") {
    const part = LEFT_OUT.find((each) => each.name.test(id) && each.importer.test(importer));
    return part === undefined ? null : `${ABSENT}${part.exports.join(" ")}`;
  },
  load(id) {
    if (!id.startsWith(ABSENT)) return null;
    const names = id.slice(ABSENT.length).split(" ");
    return [
      'function absent() { throw new Error("left out of the bundle"); }',
      `export { ${names.map((name) => `absent as ${name}`).join(", ")} };`,
    ].join("\n");
  },
};

const LAZY_TRIE = "\0lazy-trie";

/**
 * fontkit unpacks tables of three scripts when it is loaded: here each when it is first asked.
 * @type {import("rolldown").Plugin}
 */
const withLazyTries = {
  name: "with-lazy-tries",
  resolveId: (id, importer) => (id === "unicode-trie" && importer !== LAZY_TRIE ? LAZY_TRIE : null),
  load: (id) =>
    id === LAZY_TRIE
      ? `import UnicodeTrie from ${JSON.stringify(require.resolve("unicode-trie"))};
export default class LazyTrie {
  #data; #trie;
  constructor(data) { this.#data = data; }
  get(codePoint) { return (this.#trie ??= new UnicodeTrie(this.#data)).get(codePoint); }
}`
      : null,
};

/**
 * sharp's native code is found from where sharp is, and not from here: it may have packages of its own.
 * @type {import("rolldown").Plugin}
 */
const withSharpAtHome = {
  name: "with-sharp-at-home",
  transform: {
    filter: { id: /[\\/]sharp[\\/]dist[\\/](sharp|utility)\.mjs$/ },
    handler(code) {
      const here = "createRequire(import.meta.url)";
      if (code.split(here).length !== 2) throw new Error("sharp loads its native code otherwise");
      return code.replace(here, `createRequire(${here}.resolve("sharp"))`);
    },
  },
};

const LAZY_LISTS = "\0lazy-lists";

/**
 * bip39's ten lists, each one text until it is asked for, without the rest of that package.
 * @type {import("rolldown").Plugin}
 */
const withLazyLists = {
  name: "with-lazy-lists",
  resolveId: (id) => (id === "bip39" ? LAZY_LISTS : null),
  load(id) {
    if (id !== LAZY_LISTS) return null;
    /** @type {Readonly<Record<string, readonly string[]>>} */
    const lists = require("bip39").wordlists;
    // Two have a short name as well.
    const named = Object.entries(lists).filter(([name]) => /^[a-z_]+$/.test(name));
    const getters = named.map(([name, words]) => {
      const text = JSON.stringify(words.join(" "));
      return `  get ${name}() { return (split.${name} ??= ${text}.split(" ")); },`;
    });
    return `const split = {};\nexport const wordlists = {\n${getters.join("\n")}\n};\n`;
  },
};

/**
 * Files of many modules: of each what is named, and all that it imports and no earlier one has. What is
 * not in one of them the bundler puts together by who needs it.
 */
const LAYERS = [
  // What all others have in common: pure, so that what a browser takes of them needs nothing of Node.
  {
    name: "base",
    test: /[\\/]src[\\/](core[\\/](problem|listed|origin)|wording[\\/](exit-codes|summary))\.ts$/,
    priority: 7,
  },
  {
    name: "start",
    test: /[\\/]src[\\/]cli[\\/](program|argument-names)\.ts$/,
    priority: 6,
  },
  { name: "lists", test: new RegExp(LAZY_LISTS), priority: 5 },
  {
    name: "codec",
    test: /[\\/]src[\\/](core[\\/](restore[\\/](restore|restoration|sheet-facts|verify)|backup|words[\\/]complete-word)|wording[\\/](messages|described-problems))\.ts$/,
    priority: 4,
  },
  {
    name: "layout",
    test: /[\\/]src[\\/]core[\\/]sheet[\\/](layout|parse-template)\.ts$/,
    priority: 3,
  },
  {
    name: "files",
    test: /[\\/]src[\\/](adapters[\\/]node[\\/](files|event-loop)|media[\\/]proved-file)\.ts$/,
    priority: 2,
  },
  {
    name: "sheets",
    test: /[\\/]src[\\/]adapters[\\/]node[\\/](proof|templates|print-sheets)\.ts$/,
    priority: 1,
  },
];

/** The folder and the facts of the package that a bundled module is of; null for a module of ours. */
function packageOf(/** @type {string} */ file) {
  const end = file.lastIndexOf("node_modules/");
  if (end < 0) return null;
  const [scope = "", name = ""] = file.slice(end + "node_modules/".length).split("/");
  const folder =
    file.slice(0, end) +
    path.join("node_modules", scope.startsWith("@") ? `${scope}/${name}` : scope);
  return folder;
}

/** The licences of the packages whose code is in the bundle, as they demand. */
function licencesOf(/** @type {readonly string[]} */ files) {
  const folders = new Set(files.map(packageOf).filter((folder) => folder !== null));
  folders.add(path.dirname(require.resolve("bip39/package.json")));
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(
        readFileSync(path.join(folder, "package.json"), "utf8"),
      );
      const text = readdirSync(folder).find((each) => /^(licen[cs]e|copying)/i.test(each));
      const words = text === undefined ? "" : readFileSync(path.join(folder, text), "utf8");
      return `${name} ${version}: ${license}\n\n${words.trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

/**
 * Where a file only passes on what another one has under the same names, that one is loaded at once.
 * @type {import("rolldown").Plugin}
 */
const withoutDetours = {
  name: "without-detours",
  generateBundle(_, files) {
    const chunks = Object.values(files).filter((file) => file.type === "chunk");
    for (const detour of chunks) {
      const [, target] =
        /^export \{[\w$, ]+\} from "\.\/([\w-]+)\.js";\s*$/.exec(detour.code) ?? [];
      if (target === undefined || detour.isEntry || / as /.test(detour.code)) continue;
      const name = path.basename(detour.fileName, ".js");
      for (const chunk of chunks)
        chunk.code = chunk.code.replaceAll(`/${name}.js"`, `/${target}.js"`);
      Reflect.deleteProperty(files, detour.fileName);
    }
  },
};

/**
 * What packages that are no modules load by name is found when it is first asked for: in a browser nothing is.
 * @type {import("rolldown").Plugin}
 */
const withLateRequire = {
  name: "with-late-require",
  generateBundle(_, files) {
    const runtime = files["parts/rolldown-runtime.js"];
    if (runtime?.type !== "chunk") return;
    const found = 'process.getBuiltinModule("node:module").createRequire(import.meta.url)';
    const late = runtime.code
      .replace('import { createRequire } from "node:module";\n', "")
      .replace(/= .*createRequire\(import\.meta\.url\)\)\(\);/, `= (name) => ${found}(name);`);
    if (/^import /m.test(late) || !late.includes(found)) throw new Error("another runtime");
    runtime.code = late;
  },
};

rmSync(PARTS, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: ROOT,
  input: Object.fromEntries([...ENTRIES, TIMED]),
  platform: "node",
  // A module that is asked for later may be in a file that is there already.
  checks: { ineffectiveDynamicImport: false },
  resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
  external: KEPT_PACKAGES,
  plugins: [
    withoutUnused,
    withLazyTries,
    withLazyLists,
    withSharpAtHome,
    withoutDetours,
    withLateRequire,
  ],
});
const { output } = await bundle.write({
  dir: DIST,
  entryFileNames: "[name].js",
  chunkFileNames: "parts/[name].js",
  minifyInternalExports: false,
  codeSplitting: { groups: LAYERS },
});
await bundle.close();
const files = output.flatMap((part) => (part.type === "chunk" ? Object.keys(part.modules) : []));
writeFileSync(path.join(PARTS, "LICENSES.txt"), licencesOf(files));
const { manPage } = await import("../dist/cli/man-page.js");
writeFileSync(path.join(DIST, "keysheet.1"), manPage());
// pdfkit looks for the colours of its PDF/A beside its own file.
const colours = "data/sRGB_IEC61966_2_1.icc";
mkdirSync(path.join(PARTS, "data"));
copyFileSync(
  path.join(path.dirname(require.resolve("pdfkit")), colours),
  path.join(PARTS, colours),
);
