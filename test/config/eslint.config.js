import tseslint from "typescript-eslint";

/** Each library is imported by one file of src, so that it can be replaced there. */
const IMPORTERS = {
  pdfkit: "src/adapters/node/pdf.ts",
  qrcode: "src/core/qr/standard.ts",
  bip39: "src/core/words/word-lists.ts",
  "@noble/hashes": "src/core/hash.ts",
  "@noble/ciphers": "src/core/seal/cipher.ts",
  "@scure/base": "src/core/payload/v1/encodings.ts",
  "@hyzyla/pdfium": "src/adapters/node/scan.ts",
  "zxing-wasm": "src/adapters/node/code-zxing.ts",
  qr: "src/adapters/node/code-qr.ts",
  sharp: "src/adapters/node/image.ts",
  "libheif-js": "src/adapters/node/heic.ts",
};

function librariesBut(file) {
  return Object.entries(IMPORTERS)
    .filter(([, importer]) => importer !== file)
    .map(([library, importer]) => ({
      regex: `^${library}($|/)`,
      message: `${library} is imported by ${importer} only`,
    }));
}

/** The rooms of the codec, in the order of the design's arrow: each imports only from those before it. */
const CORE_ROOMS = [
  "record",
  "payload",
  "seal",
  "shares",
  "words",
  "passphrase",
  "qr",
  "sheet",
  "restore",
];

/** The rooms of the house, in the same order. */
const ROOMS = ["core", "photo", "reading", "media", "adapters", "cli"];

/** What compiles without Node and without a browser. */
const PURE = ["core", "photo", "reading", "media", "wording"];

function refused(room, names) {
  return names.map((name) => ({
    regex: `/${name}/`,
    message: `${room} does not import from ${name}: imports run along the arrow of the design`,
  }));
}

const PIPELINE = {
  regex: "/(backup|library)\\.js$",
  message: "the pipelines walk the rooms, not the other way round",
};

const NODE = {
  regex: "^(node:|(fs|path|os|crypto|process|url|util|stream|buffer)($|/))",
  message: "what a pure room needs of its platform comes in as a parameter",
};

function direction(files, patterns) {
  return {
    files,
    rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns }] },
  };
}

function after(rooms, room) {
  return rooms.slice(rooms.indexOf(room) + 1);
}

const directionRules = [
  ...ROOMS.map((room) =>
    direction(
      [`src/${room}/**/*.ts`],
      [
        ...refused(room, after(ROOMS, room)),
        ...(PURE.includes(room) ? [NODE] : []),
        ...(room === "cli" ? [] : refused(room, ["wording"])),
      ],
    ),
  ),
  // All rooms after core may be named like one of core's: photo/words.
  ...CORE_ROOMS.map((room) =>
    direction(
      [`src/core/${room}/**/*.ts`],
      [...refused(room, [...after(CORE_ROOMS, room), ...after(ROOMS, "core")]), PIPELINE, NODE],
    ),
  ),
  direction(["src/wording/**/*.ts"], [...refused("wording", after(ROOMS, "core")), NODE]),
];

const importerRules = Object.values(IMPORTERS).map((file) => ({
  files: [file],
  rules: { "no-restricted-imports": ["error", { patterns: librariesBut(file) }] },
}));

export default tseslint.config(
  { ignores: [".stryker-tmp/", "dist/", "node_modules/", "demo/", "fixtures/", "**/*.d.ts"] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: {
      parserOptions: {
        project: ["./test/config/tsconfig.json"],
        tsconfigRootDir: new URL("../..", import.meta.url).pathname,
      },
    },
    rules: {
      "no-console": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // An index that a loop bounds is asserted by its type; `!` would say less.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: librariesBut(null) }] },
  },
  ...importerRules,
  ...directionRules,
  { files: ["**/*.js", "**/*.mjs", "**/*.cjs"], extends: [tseslint.configs.disableTypeChecked] },
);
