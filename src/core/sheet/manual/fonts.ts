/** The names of the manual's fonts, which are its own whatever a template has. */
export const MANUAL_FONTS = {
  text: "manual text",
  bold: "manual bold",
  mono: "manual mono",
} as const;
