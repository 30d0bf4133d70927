/**
 * A text that must not be shown by accident.
 *
 * Template strings, concatenation, `String()` and JSON refuse with an error; an inspector shows a
 * fixed word. Only `reveal()` gives the text, so every place that uses a secret can be searched for.
 */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): never {
    throw new TypeError("a secret is not to be printed");
  }

  toJSON(): never {
    throw new TypeError("a secret is not to be printed");
  }

  [Symbol.toPrimitive](): never {
    throw new TypeError("a secret is not to be printed");
  }

  [INSPECT](): string {
    return "Secret(hidden)";
  }
}
