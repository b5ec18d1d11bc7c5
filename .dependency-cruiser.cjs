// The floors of the house: a room imports only from floors below its own, and nothing goes round in a circle.
const floors = [
  { name: "ground", rooms: ["errors", "random", "progress", "version"] },
  { name: "first", rooms: ["table", "metrics", "kernel"] },
  { name: "second", rooms: ["history", "simulator", "datasets", "vectors"] },
  { name: "third", rooms: ["classifiers", "calibration"] },
  { name: "fourth", rooms: ["tiers", "explain"] },
  { name: "fifth", rooms: ["model"] },
  { name: "sixth", rooms: ["scoring", "report", "analytics", "retention", "monitoring"] },
  { name: "seventh", rooms: ["cli", "index"] },
];

const pathOf = (rooms) => `^src/(${rooms.join("|")})(/|\\.ts$)`;

// From the ground floor up: a room of floor n must not reach another room of floor n or above.
const floorRules = floors
  .flatMap(({ name, rooms }, level) =>
    rooms.map((room) => ({
      name: `floor-${name}-${room}`,
      severity: "error",
      comment: "A room imports only from floors below it.",
      from: { path: pathOf([room]) },
      to: {
        path: pathOf(floors.slice(level).flatMap((floor) => floor.rooms)),
        pathNot: pathOf([room]),
      },
    })),
  )
  .filter(({ name }) => name !== "floor-ground-progress");

module.exports = {
  forbidden: [
    ...floorRules,
    {
      name: "progress-only-on-errors",
      severity: "error",
      from: { path: "^src/progress\\.ts$" },
      to: { path: "^src/", pathNot: "^src/errors\\.ts$" },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "every-room-has-a-floor",
      severity: "error",
      comment: "A new room is given its floor in this file.",
      from: {},
      to: { path: "^src/", pathNot: pathOf(floors.flatMap(({ rooms }) => rooms)) },
    },
    {
      name: "not-to-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
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
