// A copyist at keysheet's own screen, which is not imitated: every key goes to the code that runs behind
// `restore` on a terminal, and what it draws is what the copyist sees.
import { typeOnScreen } from "../../dist/cli/typing/type-on-screen.js";
import { WORDS_A_ROW } from "../../dist/core/words/row.js";
import { rowLetters } from "../../dist/core/words/words.js";
import { readUnits, typeText } from "../copyist.mjs";

const SIZE = { columns: 100, rows: 60 };
const PREFIX_LENGTH = 4;
/** Back into the word before, and its letters away. */
const BACK = ["\x7f", "\x15"];
const UNDO = "\x1a";
const UNDO_MOST = 8;
const DONE = "\x04";

/** The rows of a paper as they are printed: number, words, two letters. */
export function rowsOnPaper(words, symbols) {
  return Array.from({ length: Math.ceil(words.length / WORDS_A_ROW) }, (_, index) => {
    const [from, to] = [index * WORDS_A_ROW, (index + 1) * WORDS_A_ROW];
    return {
      number: String(index + 1),
      words: words.slice(from, to),
      letters: rowLetters(index + 1, [...symbols].slice(from, to)),
    };
  });
}

/**
 * What the screen holds in the end, as carriers, and how many keys were pressed. A word that the screen
 * marks is typed once more, and so is a row of which it says that it differs; it ends when the screen
 * says that it is enough, or behind the last row.
 */
export async function typeAtScreen(rows, copyist, misread, random) {
  let seen = [];
  let keystrokes = 0;
  const keys = typing(rows, copyist, misread, random, () => seen);
  const screen = {
    size: () => SIZE,
    draw: (lines) => (seen = lines),
    next: () => {
      const { value, done } = keys.next();
      if (done) return new Promise(() => undefined);
      keystrokes += 1;
      return Promise.resolve({ kind: "input", text: value });
    },
    interrupt: () => undefined,
    close: () => undefined,
  };
  const unused = () => Promise.reject(new Error("no file is added"));
  const carriers = await typeOnScreen(screen, {
    isColour: false,
    before: null,
    readFile: unused,
    completeName: unused,
    describe: () => "",
  });
  return { carriers, keystrokes };
}

function* typing(rows, copyist, misread, random, seen) {
  const says = (text) => seen().some((line) => line.includes(text));
  const isEnough = () => says("Enough: ");
  const type = (text) => Array.from(typeText(text, copyist, false, random));
  function* typeUnit(unit) {
    const marks = () => seen().join("").split("~").length;
    const before = marks();
    yield* [...type(unit), " "];
    if (marks() > before) yield* [...BACK, ...type(unit), " "];
  }
  function* typeRow({ words, letters }) {
    for (const unit of readUnits(words, copyist, misread, random)) {
      if (isEnough()) return;
      yield* unit === "?" ? [unit] : typeUnit(unit.slice(0, PREFIX_LENGTH));
    }
    if (!isEnough()) yield* [...type(letters), " "];
  }
  const rowsSeen = () =>
    seen()
      .filter((line) => /^ *\d+ /.test(line))
      .join();
  /** By its number; where that went wrong, as the screen shows, it is taken back and typed once more. */
  function* typeAgain(row) {
    const before = rowsSeen();
    for (let time = 0; time < 2; time++) {
      yield* [...type(row.number), " "];
      if (says(`Row ${row.number} is typed anew`)) {
        yield* typeRow(row);
        return;
      }
      for (let undo = 0; undo < UNDO_MOST && rowsSeen() !== before; undo++) yield UNDO;
    }
  }
  for (const row of rows) {
    yield* typeRow(row);
    const isDoubtful = says(" differs: ") || says("not six") || says("none of the list. Compare");
    if (!isEnough() && isDoubtful) yield* typeAgain(row);
    if (isEnough()) break;
  }
  yield* [DONE, DONE];
}
