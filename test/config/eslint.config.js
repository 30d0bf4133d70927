import tseslint from "typescript-eslint";

/** Each library is imported by one file of src, so that it can be replaced there. */
const IMPORTERS = {
  pdfkit: "src/adapters/pdf.ts",
  qrcode: "src/core/qr/standard.ts",
  bip39: "src/core/words/word-lists.ts",
  "@noble/hashes": "src/core/hash.ts",
  "@noble/ciphers": "src/core/seal/cipher.ts",
  "@scure/base": "src/core/payload/v1/encodings.ts",
  "@hyzyla/pdfium": "src/adapters/scan.ts",
  "zxing-wasm": "src/adapters/code-zxing.ts",
  qr: "src/adapters/code-qr.ts",
  sharp: "src/adapters/image.ts",
  "libheif-js": "src/adapters/heic.ts",
  "tesseract.js": "src/adapters/ocr.ts",
  "@tesseract.js-data/eng": "src/adapters/ocr.ts",
};

function librariesBut(file) {
  return Object.entries(IMPORTERS)
    .filter(([, importer]) => importer !== file)
    .map(([library, importer]) => ({
      regex: `^${library}($|/)`,
      message: `${library} is imported by ${importer} only`,
    }));
}

/** Folders in the order of the design's arrow: each imports only from those before it. */
const FOLDERS = [
  "src/core/record",
  "src/core/payload",
  "src/core/seal",
  "src/core/shares",
  "src/core/words",
  "src/core/qr",
  "src/core/sheet",
  "src/core",
  "src/adapters",
  "src/cli",
];

function laterFolders(folder) {
  const later = FOLDERS.slice(FOLDERS.indexOf(folder) + 1).filter((name) => name !== "src/core");
  return later.map((name) => ({
    regex: `/${name.split("/").at(-1)}/`,
    message: `${folder} does not import from ${name}: imports run along the arrow of the design`,
  }));
}

const PIPELINES = {
  regex: "/(backup|restore)\\.js$",
  message: "the pipelines walk the rooms, not the other way round",
};

const NODE = {
  regex: "^(node:|(fs|path|os|crypto|process|url|util|stream|buffer)($|/))",
  message: "core is pure: what it needs of its platform comes in as a parameter",
};

const directionRules = FOLDERS.map((folder) => ({
  files: [folder === "src/core" ? "src/core/*.ts" : `${folder}/**/*.ts`],
  rules: {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      {
        patterns: [
          ...laterFolders(folder),
          ...(folder.startsWith("src/core") ? [NODE] : []),
          ...(folder.startsWith("src/core/") ? [PIPELINES] : []),
        ],
      },
    ],
  },
}));

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
  { files: ["**/*.js", "**/*.mjs"], extends: [tseslint.configs.disableTypeChecked] },
);
