import { expect, test } from "vitest";
import { fixedMatch, timingMatch } from "../../../src/photo/code/fixed-patterns.js";
import { Grid } from "../../../src/photo/code/grid.js";
import { symbolLayout } from "../../../src/core/qr/symbol.js";
import { codeModules } from "../../../src/core/qr/matrix.js";
import { encodeQrText } from "../../../src/core/qr/qr-text.js";
import { perfectModules } from "./perfect-modules.js";

const [TEXT] = encodeQrText(Uint8Array.from({ length: 110 }, (_, index) => (index * 37) % 256));
const MODULE_PX = 4;

function drawnCode(tornPart: number) {
  const modules = TEXT === undefined ? null : codeModules(TEXT, "Q");
  if (modules === null) throw new Error("no code");
  const { size, isDark } = modules;
  const sidePx = size * MODULE_PX;
  const luma = Uint8Array.from({ length: sidePx * sidePx }, (_, at) => {
    const column = Math.floor((at % sidePx) / MODULE_PX);
    const row = Math.floor(at / sidePx / MODULE_PX);
    return column >= size * (1 - tornPart) || isDark[row * size + column] ? 0 : 255;
  });
  const picture = { widthPx: sidePx, heightPx: sidePx, luma };
  const layout = symbolLayout((size - 17) / 4);
  const flat = (u: number, v: number) => ({ x: u * MODULE_PX, y: v * MODULE_PX });
  const grid = new Grid(picture, size, layout.fixed, flat, []);
  return { picture, size, grid, layout, modules };
}

test("both timing patterns match where they are all there", () => {
  const { picture, size, grid, layout, modules } = drawnCode(0);
  expect(timingMatch(picture, size, grid)).toEqual({ both: 1, better: 1 });
  expect(fixedMatch(layout, perfectModules(modules))).toBe(1);
});

test("the better timing pattern matches wholly where a part of the other is torn off", () => {
  const { picture, size, grid } = drawnCode(0.45);
  const match = timingMatch(picture, size, grid);
  expect(match.better).toBe(1);
  expect(match.both).toBeLessThan(0.9);
});
