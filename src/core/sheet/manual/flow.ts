/** Elements one below another, on as many pages as they need. */
import type { Element } from "../boxes.js";
import type { Frame } from "../page-context.js";

export class Flow {
  readonly frame: Frame;
  readonly #pages: Element[][] = [[]];
  #topMm: number;

  constructor(frame: Frame) {
    this.frame = frame;
    this.#topMm = frame.topMm;
  }

  get pages(): readonly (readonly Element[])[] {
    return this.#pages;
  }

  get widthMm(): number {
    return this.frame.rightMm - this.frame.leftMm;
  }

  /** Where the next element begins. */
  get topMm(): number {
    return this.#topMm;
  }

  get isAtTop(): boolean {
    return this.#topMm === this.frame.topMm;
  }

  /** Whether so much fits below what stands on the page. */
  hasRoom(heightMm: number): boolean {
    return this.#topMm + heightMm <= this.frame.bottomMm;
  }

  /** Goes to the next page unless so much fits below; true when it did. */
  need(heightMm: number): boolean {
    if (this.isAtTop || this.hasRoom(heightMm)) return false;
    this.#pages.push([]);
    this.#topMm = this.frame.topMm;
    return true;
  }

  /** No space is left free at the top of a page. */
  space(heightMm: number): void {
    if (!this.isAtTop) this.#topMm += heightMm;
  }

  add(heightMm: number, ...elements: readonly Element[]): void {
    this.#pages.at(-1)?.push(...elements);
    this.#topMm += heightMm;
  }
}
