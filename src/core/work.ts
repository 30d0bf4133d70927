/**
 * How much is tried before it is given up, in units of work and never by the clock: what is found does
 * not depend on the machine, nor on what else it does.
 *
 * A unit is about a microsecond of a laptop of 2026. Each step says what it costs, by what that follows:
 * a decoding by its spare words and its length, not one each.
 */
export class Work {
  readonly limit: number;
  readonly #onPart: (part: number) => void;
  readonly #whole: Work | null;
  #spent = 0;
  #told = 0;

  /** `onPart` hears how much of the work is done, from 0 to 1, at most once each hundredth. */
  constructor(
    limit: number,
    onPart: (part: number) => void = () => undefined,
    whole: Work | null = null,
  ) {
    this.limit = limit;
    this.#onPart = onPart;
    this.#whole = whole;
  }

  get spent(): number {
    return this.#spent;
  }

  get left(): number {
    return Math.max(0, this.limit - this.#spent);
  }

  /** Nothing further is to be begun. */
  get isOver(): boolean {
    return this.isPast(1);
  }

  /** Whether so much of it, 0 to 1, is done. */
  isPast(part: number): boolean {
    return this.#spent >= part * this.limit || (this.#whole?.isOver ?? false);
  }

  /** For a step that is begun or done. */
  spend(units: number): void {
    this.#spent += units;
    this.#whole?.spend(units);
    const hundredths = Math.min(100, Math.floor((100 * this.#spent) / this.limit));
    if (hundredths > this.#told) this.#onPart(hundredths / 100);
    this.#told = hundredths;
  }

  /** Another budget of at most `units`, never more than is left here; what it spends is spent here too. */
  part(units: number): Work {
    return new Work(Math.min(units, this.left), () => undefined, this);
  }
}
