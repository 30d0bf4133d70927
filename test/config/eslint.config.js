import tseslint from "typescript-eslint";

/** Each library is imported by one file, so that it can be replaced there. */
const IMPORTERS = {
  pdfkit: "src/adapters/pdf.ts",
  "qrcode/lib/core/qrcode.js": "src/core/qr/matrix.ts",
  bip39: "src/core/words/word-lists.ts",
  "@noble/hashes/sha2.js": "src/core/hash.ts",
  "@scure/base": "src/core/payload/v1/encodings.ts",
  "@hyzyla/pdfium": "src/adapters/scan.ts",
  "zxing-wasm/reader": "src/adapters/code-zxing.ts",
  "qr/decode.js": "src/adapters/code-qr.ts",
  sharp: "src/adapters/image.ts",
};

const NODE_BUILTINS = {
  group: ["node:*", "fs", "path", "os", "crypto", "process", "url", "util"],
  message: "core is pure: what it needs of its platform comes in as a parameter",
};

/** What a folder of src may not import, beside the libraries of other files. */
const DIRECTIONS = [
  {
    files: ["src/core/**/*.ts"],
    patterns: [
      NODE_BUILTINS,
      { group: ["**/adapters/**", "**/cli/**", "**/web/**"], message: "imports run core <- adapters <- cli" },
    ],
  },
  {
    files: ["src/core/{record,words,seal,shares}/**/*.ts"],
    patterns: [
      { group: ["**/sheet/**", "**/backup.js", "**/restore.js"], message: "inside core, imports run along the arrow of the design" },
    ],
  },
  {
    files: ["src/adapters/**/*.ts"],
    patterns: [{ group: ["**/cli/**", "**/web/**"], message: "imports run core <- adapters <- cli" }],
  },
];

function isUnder(file, folders) {
  return folders.some((pattern) => file.startsWith(pattern.slice(0, pattern.search(/[{*]/))));
}

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "demo/", "fixtures/"] },
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
      // Indices that the loop bounds; the compiler cannot see it and `!` would say less.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      "@typescript-eslint/no-restricted-imports": "off",
    },
  },
);
