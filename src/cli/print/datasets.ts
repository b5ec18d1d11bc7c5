import { join } from "node:path";
import type { Dataset, DatasetCopy } from "../../datasets/dataset.js";
import type { DatasetListing } from "../../datasets/list-datasets.js";
import { byHand } from "../../datasets/obtain.js";
import { textTable } from "../../printing/text-table.js";

/** The catalogue as a table for a terminal. */
export function listText(datasets: readonly DatasetListing[]): string {
  const rows = datasets.map(({ name, rows, label, licence, path }) => [
    name,
    rows.toLocaleString("en-US"),
    label ?? "–",
    path === null ? "no" : "yes",
    licence,
  ]);
  return `${textTable(["name", "rows", "label", "at hand", "licence"], rows)}

holdfast datasets NAME shows the card of one: source, schema, traps, where to put its file.`;
}

/** The whole card of a data set. @param folders where it was looked for; by hand it goes to the first. */
export function cardText(dataset: Dataset, path: string | null, folders: readonly string[]): string {
  const { title, name, about, columns, traps, citation } = dataset;
  return [
    `${title} (${name})`,
    about,
    "",
    ...aligned(facts(dataset)),
    "",
    ...copyLines(dataset),
    "",
    whereabouts(dataset, path, folders),
    "",
    textTable(
      ["column", "kind", "meaning"],
      columns.map((column) => [column.name, column.kind, column.meaning ?? ""]),
    ),
    "",
    "To mind",
    ...traps.map((trap) => `- ${trap}`),
    "",
    `Cite: ${citation}`,
  ].join("\n");
}

function facts(dataset: Dataset): [string, string][] {
  const { rows, positives, label, positive, id, exclude, experiment, licence, sources, isMeasured } = dataset;
  const share =
    positives === null ? "" : `, ${positives.toLocaleString("en-US")} churned (${percent(positives / rows)})`;
  const lines: [string, string | null][] = [
    ["Rows", `${rows.toLocaleString("en-US")}${share}${isMeasured ? "" : ", as its sources say"}`],
    ["Label", label === null ? "none" : `${label} = ${positive}`],
    ["Id", id],
    ["Leave out", exclude.join(", ") || null],
    ["Treatment", experiment && `${experiment.treatment}; ${experiment.control} is the control`],
    ["Outcomes", experiment?.outcomes.join(", ") ?? null],
    ["Licence", licence],
    ["Sources", sources.join(", ")],
  ];
  return lines.filter((line): line is [string, string] => line[1] !== null);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

function aligned(lines: readonly [string, string][]): string[] {
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  return lines.map(([name, text]) => name.padEnd(width) + text);
}

function copyLines({ copies, reading }: Dataset): string[] {
  if (reading.form === "history") return [];
  return copies.flatMap(({ what, files }) =>
    files.flatMap(({ name, sha256, url }) => [
      `${name}: ${what}`,
      `  SHA-256  ${sha256 ?? "not known"}`,
      `  from     ${url ?? "no address without an account"}`,
    ]),
  );
}

function whereabouts(dataset: Dataset, path: string | null, folders: readonly string[]): string {
  const { copies, sources, reading, name } = dataset;
  if (path !== null) return `At hand: ${path}`;
  const paths = copies.map(({ files }) => files.map((file) => join(folders[0], file.name)).join(" and "));
  const isPublic = ({ files }: DatasetCopy) => files.every(({ url }) => url !== null);
  if (reading.form === "history" || !copies.some(isPublic))
    return `Not at hand: ${byHand(sources[0], paths)}`;
  const kept = folders[folders.length - 1];
  return `Not at hand: loadDataset("${name}") or --download downloads it once into ${kept}`;
}
