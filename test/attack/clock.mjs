// Loaded before a program: a clock that stands still at CLOCK_SECONDS after 1970 began.
const milliseconds = Number(process.env.CLOCK_SECONDS) * 1000;

class StillDate extends Date {
  /** @param {[] | [number]} args */
  constructor(...args) {
    super(...(args.length > 0 ? args : [milliseconds]));
  }

  static now() {
    return milliseconds;
  }
}

Object.assign(globalThis, { Date: StillDate });
