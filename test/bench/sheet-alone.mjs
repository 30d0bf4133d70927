// What sheet.mjs needs of the program, as it is published: the bundle has it as an entry of its own.
export { loadTemplate } from "../../src/adapters/node/templates.js";
export { print } from "../../src/cli/commands/print-sheets.js";
export { backup } from "../../src/core/backup.js";
export { parseKeyFile } from "../../src/core/record/key-file.js";
