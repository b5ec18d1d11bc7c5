import { counted, percent, whole } from "../../printing/numbers.js";
import type { Printed } from "../../printing/print-as-text.js";
import { printable } from "../../printing/printable.js";
import { markdownTable, type TableText, textTable } from "../../printing/text-table.js";
import type { NightlySummary, NightlyTier } from "./nightly-summary.js";

/** How `console.log` shows a summary. */
export const PRINTED_NIGHTLY: Printed<NightlySummary> = {
  lines: (summary) => summaryText(summary).split("\n"),
  short: ({ job, date, outcome }) => `Nightly job ${job}, ${date}: ${outcome}`,
};

/** A summary for a terminal; of a day that was already done, one line. */
export function summaryText(summary: NightlySummary): string {
  const { outcome, job, date, warnings, notes } = summary;
  const headline = `${printable(job)}, ${date}: ${statusOf(summary)}`;
  if (outcome === "already done") return [headline, ...lines("Note: ", notes)].join("\n\n");
  return [
    headline,
    ...factsOf(summary),
    ...tablesOf(summary).map(({ table }) => textTable(table.head, table.rows)),
    ...lines("Warning: ", warnings),
    ...lines("Note: ", notes),
    filesOf(summary)
      .map(([what, path]) => `${what}: ${printable(path)}`)
      .join("\n"),
  ].join("\n\n");
}

/** A summary as Markdown, readable in a terminal too. */
export function summaryMarkdown(summary: NightlySummary): string {
  const { job, date, warnings, notes } = summary;
  const items = (heading: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : [`## ${heading}`, texts.map((text) => `- ${printable(text)}`).join("\n")];
  const sections = [
    `# ${printable(job)}, ${date}`,
    statusOf(summary),
    ...factsOf(summary),
    ...items("Warnings", warnings),
    ...tablesOf(summary).flatMap(({ heading, table }) => [`## ${heading}`, markdownTable(table)]),
    ...items("Notes", notes),
    "## Files",
    filesOf(summary)
      .map(([what, path]) => `- ${what}: \`${printable(path)}\``)
      .join("\n"),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** The most important thing, in one line. */
function statusOf({ outcome, endedAt, rows, error, attempts }: NightlySummary): string {
  if (error !== null) {
    const what = outcome === "stopped" ? "stopped" : "FAILED";
    return `${what}, exit code ${error.exitCode}: ${printable(error.message)}`;
  }
  const counts =
    rows === null
      ? "nothing scored"
      : `${counted(rows.scored, "row")} scored${rows.rejected === 0 ? "" : `, ${whole(rows.rejected)} rejected`}`;
  if (outcome === "already done") return `already done at ${timeOf(endedAt)}: ${counts}`;
  return `done: ${counts}${attempts > 1 ? ` (run ${attempts} of this day)` : ""}`;
}

function factsOf({ startedAt, seconds, meanProbability, before }: NightlySummary): string[] {
  const began = `Began at ${timeOf(startedAt)}, took ${durationText(seconds)}.`;
  if (meanProbability === null) return [began];
  const mean = `Mean probability of churn ${percent(meanProbability)}`;
  const facts = [began];
  if (before === null) return [...facts, `${mean}. There is no earlier day to compare with.`];
  const earlier =
    before.meanProbability === null ? "" : ` (${percent(before.meanProbability)} on ${before.date})`;
  const { first } = before;
  const moved =
    first === null
      ? ""
      : ` Of tier ${printable(first.tier)}, ${counted(first.new, "subscriber")} ${first.new === 1 ? "is" : "are"} new since ${before.date}, ${whole(first.left)} left it.`;
  return [...facts, `${mean}${earlier}; ${counted(before.scored, "row")} on ${before.date}.${moved}`];
}

function tablesOf({ tiers, top, before }: NightlySummary): { heading: string; table: TableText }[] {
  const tables: { heading: string; table: TableText }[] = [];
  if (tiers.length > 0) {
    const hasLoss = tiers.some(({ expectedLoss }) => expectedLoss !== null);
    const limit = tiers[0].by === "probability" ? "probability from" : "expected loss from";
    tables.push({
      heading: "Tiers",
      table: {
        head: [
          "tier",
          "rows",
          ...(before === null ? [] : [before.date]),
          "share",
          limit,
          "expected churners",
          ...(hasLoss ? ["expected loss"] : []),
        ],
        rows: tiers.map((tier) => [
          printable(tier.tier),
          whole(tier.rows),
          ...(before === null ? [] : [tier.rowsBefore === null ? "–" : whole(tier.rowsBefore)]),
          percent(tier.share),
          limitText(tier),
          tier.expectedChurners.toFixed(1),
          ...(hasLoss ? [whole(tier.expectedLoss ?? 0)] : []),
        ]),
      },
    });
  }
  if (top.length > 0) {
    const rows = top.map(({ id, probability, tier }) => [
      printable(id),
      probability.toFixed(4),
      printable(tier),
    ]);
    tables.push({ heading: "First on the list", table: { head: ["id", "probability", "tier"], rows } });
  }
  return tables;
}

function limitText({ from, by }: NightlyTier): string {
  if (from === null) return "–";
  return by === "probability" ? from.toFixed(4) : from.toFixed(2);
}

function filesOf({ error, files: { output, rejects, summary, record } }: NightlySummary): [string, string][] {
  const named: [string, string | null][] = [
    // Where the run failed, these are not there, or not of this run.
    ["Scores", error === null ? output : null],
    ["Rejects", error === null ? rejects : null],
    ["Summary", summary],
    ["Record", record],
  ];
  return named.flatMap(([what, path]): [string, string][] => (path === null ? [] : [[what, path]]));
}

function lines(prefix: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [texts.map((text) => `${prefix}${printable(text)}`).join("\n")];
}

/** On this machine's clock. */
function timeOf(iso: string): string {
  const time = new Date(iso);
  return [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

function durationText(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
