import { describe, expect, test } from "vitest";
import { learningCurveText } from "../../src/cli/print/training.js";
import { trainingMarkdown } from "../../src/report/training-markdown.js";
import { learningCurve } from "../../src/training/index.js";
import { trainChurnModel } from "../../src/training/train.js";
import { subscriberTable } from "../support/subscribers.js";

const table = subscriberTable(200);
const options = {
  label: "churned",
  id: "subscriber",
  classifier: "logistic",
  repeats: 1,
  replicates: 5,
} as const;
const model = await trainChurnModel(table, options);
const curve = await learningCurve(table, { ...options, shares: [0.1, 0.5] });

describe("a learning curve", () => {
  test("is the last section of the Markdown of a training: the sentence, a row for each share, what was left out", () => {
    const without = trainingMarkdown(model);
    const markdown = trainingMarkdown(model, { learningCurve: curve });
    expect(markdown.startsWith(without.trimEnd())).toBe(true);
    const [heading, sentence, rows, note, skipped] = markdown.slice(without.length + 1).split("\n\n");
    expect(heading).toBe("## Learning curve");
    expect(sentence).toBe(curve.sentence);
    const [head, , half, all] = rows.split("\n");
    expect(head).toMatch(/^\| share \| rows \| churned \| log loss \|/u);
    expect(half).toMatch(/^\| +50% \| +100 \| +\d+ \| +0\.\d{4} \| 0\.\d{4}–0\.\d{4} \| +– \|/u);
    expect(all).toMatch(
      /^\| +100% \| +200 \| .* \| +-?0\.\d{4} \| -?0\.\d{4} to -?0\.\d{4} \|.* \| logistic +\|$/u,
    );
    expect(note).toMatch(/^Out-of-fold\./u);
    expect(skipped).toMatch(
      /^- 10% of the rows, 20 rows, left out: column "churned": must have at least 20 rows/u,
    );
  });

  test("is the same on the command line", () => {
    const lines = learningCurveText(curve).split("\n");
    expect(lines).toContain(curve.sentence);
    expect(lines.filter((line) => /^ *\d+% {2}/u.test(line))).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith("- 10% of the rows"))).toHaveLength(1);
  });
});
