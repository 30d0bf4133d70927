/**
 * How much is tried before it is given up, in units of work and never by the clock: what is found does
 * not depend on the machine, nor on what else it does.
 *
 * A unit is about a microsecond of a laptop of 2026. Each step says what it costs, by what that follows:
 * a decoding by its spare words and its length, not one each.
 */
export class Work {
  readonly limit: number;
  #done = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get left(): number {
    return Math.max(0, this.limit - this.#done);
  }

  /** Nothing further is to be begun. */
  get isOver(): boolean {
    return this.#done >= this.limit;
  }

  spend(units: number): void {
    this.#done += units;
  }

  /** Another budget of at most `units`, never more than is left here; what it spends is spent here too. */
  part(units: number): Work {
    return new WorkPart(Math.min(units, this.left), this);
  }
}

class WorkPart extends Work {
  readonly #whole: Work;

  constructor(limit: number, whole: Work) {
    super(limit);
    this.#whole = whole;
  }

  override spend(units: number): void {
    super.spend(units);
    this.#whole.spend(units);
  }
}
