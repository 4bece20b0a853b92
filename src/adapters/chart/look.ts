/**
 * Sizes in units of the drawing: 400 wide, so that one is nearly a point on a phone, where Slack shows about 360. The
 * smallest letters are 12 units for that reason.
 */
export const SIZE = { width: 400, height: 250 } as const;

/** A small chart below the large one: its height with the space below it, and where its data is drawn in it. */
export const PANEL = { height: 62, top: 18, bottom: 52 } as const;

/** How many pixels a unit becomes: sharp on a phone's screen and when somebody enlarges it. */
export const ZOOM = 2.5;

/** Where the data is drawn; above `top` is the lane for what an incident is called. */
export const PLOT = { left: 46, right: 388, lane: 56, top: 74, bottom: 218 } as const;

/** The card brings its own background, so that it looks the same in light and dark. */
export const COLOUR = {
  card: "#ffffff",
  edge: "#d5dbe1",
  text: "#17212b",
  faint: "#57636f",
  grid: "#e6eaee",
  axis: "#9aa5b1",
  observed: "#12344d",
  band: "#c5e4f3",
  bandEdge: "#8cc5e0",
  expected: "#3a8db5",
  unknown: "#8a95a1",
  holiday: "#7048b8",
  change: "#0b6e69",
  drop: { ink: "#b3261e", shade: "#fbdcd7" },
  spike: { ink: "#8f4e00", shade: "#fce6c3" },
} as const;
