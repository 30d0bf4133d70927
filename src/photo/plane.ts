/** Vectors on a picture, in pixels. */
export interface Vector {
  readonly x: number;
  readonly y: number;
}

export function plus(a: Vector, b: Vector, times = 1): Vector {
  return { x: a.x + times * b.x, y: a.y + times * b.y };
}

export function minus(a: Vector, b: Vector): Vector {
  return { x: a.x - b.x, y: a.y - b.y };
}

export function dot(a: Vector, b: Vector): number {
  return a.x * b.x + a.y * b.y;
}

/** Above 0 where `b` is clockwise of `a` on a picture, whose y goes down. */
export function cross(a: Vector, b: Vector): number {
  return a.x * b.y - a.y * b.x;
}

export function length({ x, y }: Vector): number {
  return Math.hypot(x, y);
}
