/** Where a code lies on a picture, in parts of its width and height: the same in any size of it. */
import type { Picture } from "../picture.js";
import { cross, minus, type Vector } from "../plane.js";
import type { Finder } from "./finders.js";
import { type Pose, poseAnchors } from "./poses.js";
import { fitProjection, project } from "./projection.js";

/** Its corners, clockwise. */
export type Place = readonly Vector[];

/** Of a flat code of `size` modules; null where its finder patterns lie badly. */
export function placeOf(picture: Picture, pose: Pose, size: number): Place | null {
  const projection = fitProjection(poseAnchors(pose, size), size);
  if (projection === null) return null;
  const corners = [
    [0, 0],
    [size, 0],
    [size, size],
    [0, size],
  ] as const;
  return corners.map(([u, v]) => inParts(picture, project(projection, u, v)));
}

/** Those that are in none of the places. */
export function findersOutside(
  picture: Picture,
  finders: readonly Finder[],
  places: readonly Place[],
): readonly Finder[] {
  return finders.filter(({ centre }) => {
    const point = inParts(picture, centre);
    return !places.some((place) => isIn(place, point));
  });
}

/** True when the middle of one is in the other. */
export function isSamePlace(one: Place, other: Place): boolean {
  return isIn(one, middle(other)) || isIn(other, middle(one));
}

function isIn(place: Place, point: Vector): boolean {
  return place.every((corner, index) => {
    const next = place[(index + 1) % place.length] as Vector;
    return cross(minus(next, corner), minus(point, corner)) >= 0;
  });
}

function middle(place: Place): Vector {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return { x: mean(place.map(({ x }) => x)), y: mean(place.map(({ y }) => y)) };
}

function inParts({ widthPx, heightPx }: Picture, { x, y }: Vector): Vector {
  return { x: x / widthPx, y: y / heightPx };
}
