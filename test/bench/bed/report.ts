import { mean } from "simple-statistics";
import { markdownTable } from "../../../src/printing/text-table.js";
import { type BenchResult, result } from "../result.js";
import type { Comparison } from "./standings.js";

const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(5)}`;
const differenceText = ({ mean, error }: Comparison["logLossDifference"]) =>
  `${signed(mean)} ± ${error.toFixed(5)}`;

/** How the contestants compare with the first over all data sets, and their figures on each. */
export function bedMarkdown(all: readonly Comparison[]): string {
  if (all.length === 0) return "No runs.\n";
  const overall = markdownTable({
    head: ["", "data sets", "log loss", "difference", "t", "lower on", "AUC", "difference", "CPU s", "ratio"],
    rows: all.map((each, index) => {
      const { mean, error } = each.logLossDifference;
      const isFirst = index === 0;
      return [
        each.contestant,
        each.standings.length,
        each.logLoss.toFixed(5),
        isFirst ? "" : differenceText(each.logLossDifference),
        isFirst ? "" : (mean / error).toFixed(1).replace("-", "−"),
        isFirst ? "" : each.better,
        each.auc.toFixed(5),
        isFirst ? "" : differenceText(each.aucDifference),
        each.cpu.toFixed(1),
        each.cpuRatio.toFixed(2),
      ];
    }),
  });
  const byDataSet = markdownTable({
    head: ["", "contestant", "runs", "log loss", "difference", "AUC", "difference", "CPU s"],
    rows: all[0].standings.flatMap(({ dataSet }) =>
      all.flatMap(({ contestant, standings }) =>
        standings
          .filter((standing) => standing.dataSet === dataSet)
          .map(({ runs, logLoss, auc, cpu, first }) => [
            dataSet,
            contestant,
            runs,
            logLoss.toFixed(5),
            contestant === all[0].contestant ? "" : signed(logLoss - first.logLoss),
            auc.toFixed(5),
            contestant === all[0].contestant ? "" : signed(auc - first.auc),
            cpu.toFixed(1),
          ]),
      ),
    ),
  });
  const said = `Means over the outer test folds, then over the data sets; differences from ${all[0].contestant} on the same folds, ± one standard error over the data sets, t their quotient.`;
  return `${overall}\n\n${said}\n\n${byDataSet}\n`;
}

/** The means over the data sets; the peer is the first contestant. */
export function bedResults(all: readonly Comparison[]): BenchResult[] {
  return all.flatMap(({ contestant, standings, logLoss, auc, cpu }, index) => {
    const name = all[0].contestant;
    const firsts = (key: "logLoss" | "auc" | "cpu") => mean(standings.map(({ first }) => first[key]));
    const against = (key: "logLoss" | "auc" | "cpu") =>
      index === 0 ? undefined : { name, value: firsts(key) };
    return [
      result("bed", `${contestant}: log loss`, logLoss, "", against("logLoss")),
      result("bed", `${contestant}: ROC AUC`, auc, "", against("auc")),
      result("bed", `${contestant}: training, CPU`, cpu, "s", against("cpu")),
    ];
  });
}
