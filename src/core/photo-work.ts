/**
 * How much is done for one picture, whatever is on it: counted by what each step costs, never by the clock,
 * so that what is read does not depend on the machine.
 */

/** In units of about a microsecond of one core of the machine that README's figures are of. */
export class PhotoWork {
  readonly #limit: number;
  readonly #whole: PhotoWork | null;
  readonly #onPart: (part: number) => void;
  #spent = 0;
  #told = 0;

  /** `onPart` is told how much of what may be done is done, 0 to 1, at most once each hundredth. */
  constructor(
    limit: number,
    onPart: (part: number) => void = () => undefined,
    whole: PhotoWork | null = null,
  ) {
    this.#limit = limit;
    this.#onPart = onPart;
    this.#whole = whole;
  }

  get isOver(): boolean {
    return this.isPast(1);
  }

  /** Whether so much of it, 0 to 1, is done. */
  isPast(part: number): boolean {
    return this.#spent > part * this.#limit || (this.#whole?.isOver ?? false);
  }

  get spent(): number {
    return this.#spent;
  }

  /** For a step that is begun or done: nothing is begun once it is over. */
  spend(units: number): void {
    this.#spent += units;
    this.#whole?.spend(units);
    const hundredths = Math.min(100, Math.floor((100 * this.#spent) / this.#limit));
    if (hundredths > this.#told) this.#onPart(hundredths / 100);
    this.#told = hundredths;
  }

  /** At most so much of it: what that spends is spent here, too. */
  part(limit: number): PhotoWork {
    return new PhotoWork(limit, () => undefined, this);
  }
}
