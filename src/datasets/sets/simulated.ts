import { date, text } from "../columns.js";
import type { Dataset } from "../dataset.js";

export const simulated: Dataset = {
  name: "simulated",
  title: "The simulated operator",
  about:
    "2,000 subscribers of a simulated operator over 18 months: tariffs, usage, bills, payments, services, events. It is part of this package.",
  task: "history",
  rows: 2000,
  label: null,
  positive: null,
  positives: null,
  id: "subscriber_id",
  exclude: [],
  experiment: null,
  columns: [
    ...text({ subscriber_id: "in every table" }),
    ...date({ activated_on: "of subscribers; the other tables are in docs/history-and-snapshots.md" }),
  ],
  sources: ["datasets/simulated/README.md"],
  licence: "MIT, as this package",
  copies: [{ what: "the folder in this package", files: [{ name: "simulated", sha256: null, url: null }] }],
  reading: { form: "history" },
  traps: [
    "It is several tables and no label: `openHistory` and `snapshots` make labelled rows of it",
    "It is simulated: what is found there is what the simulator put there",
  ],
  citation: "this package",
  isMeasured: true,
};
