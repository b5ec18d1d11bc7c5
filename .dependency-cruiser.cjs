// The floors of the house, from the ground up: a room imports only from floors below its own, and nothing goes round in
// a circle. ARCHITECTURE.md says what each room is for.
const floors = [
  ["errors", "file-form", "nearest-name"],
  ["arguments", "progress", "own-parts", "random", "steps", "version", "math", "printing"],
  ["workers", "kernel", "table", "notebook"],
  ["metrics", "files", "rows"],
  ["database"],
  ["formats"],
  ["history", "simulator", "datasets", "vectors", "frames"],
  ["trees"],
  ["classifiers", "calibration"],
  ["tiers"],
  ["explain"],
  ["model-file", "plots", "page"],
  ["predict"],
  ["training"],
  ["model-kinds", "describe", "analytics"],
  ["report"],
  ["scoring"],
  ["cli", "index"],
];

const pathOf = (rooms) => `^src/(${rooms.join("|")})(/|\\.ts$)`;

const floorRules = floors.flatMap((rooms, level) =>
  rooms.map((room) => ({
    name: `floor-of-${room}`,
    severity: "error",
    comment: "A room imports only from floors below its own.",
    from: { path: pathOf([room]) },
    to: { path: pathOf(floors.slice(level).flat()), pathNot: pathOf([room]) },
  })),
);

module.exports = {
  forbidden: [
    ...floorRules,
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "every-room-has-a-floor",
      severity: "error",
      comment: "A new room is given its floor in this file.",
      from: {},
      to: { path: "^src/", pathNot: pathOf(floors.flat()) },
    },
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types", "default"],
    },
  },
};
