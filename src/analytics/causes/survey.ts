import type { Frame } from "../cuts/frame.js";
import { rateOf } from "../months/month-figures.js";
import type { FactsQuery } from "../query/facts-query.js";
import { shrunkRates } from "../statistics/shrunk-rates.js";

/** Answers to a question of a survey, and who left. */
export interface SurveyQuestion {
  readonly question: string;
  /** Of those at risk at the beginning: how many answered before the end of the period, and the share of them. */
  readonly answered: number;
  readonly responseRate: number | null;
  /** By the last answer of each; null: no answer. The most answers first, then no answer. */
  readonly answers: readonly {
    readonly answer: string | null;
    readonly base: number;
    readonly left: number;
    readonly rate: number | null;
    readonly shrunkRate: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
}

/** Answers of a question that are shown by themselves; the others together. */
const MOST_ANSWERS = 20;
const OTHERS = "other answers";

/** The answers that were given before a day, by question, of the subscribers of a frame. */
export async function surveyAnswers(
  query: FactsQuery,
  { name }: Frame,
  before: number,
): Promise<SurveyQuestion[]> {
  const rows = await query.rows<{ question: string; answer: string; base: number; left: number }>(
    [
      "WITH last_answers AS (",
      '  SELECT subscriber_id, question, arg_max(answer, ("at", answer)) AS answer FROM answer_facts',
      `  WHERE "at" < ${before} GROUP BY 1, 2`,
      "), counted AS (",
      '  SELECT a.question, a.answer, sum(f.in_base) AS base, sum(f.times_left) AS "left"',
      `  FROM ${name} f JOIN last_answers a ON a.subscriber_id = f.subscriber_id GROUP BY 1, 2`,
      "), placed AS (SELECT *, row_number() OVER (PARTITION BY question ORDER BY base DESC, answer) AS place FROM counted)",
      `SELECT question, CASE WHEN place <= ${MOST_ANSWERS} THEN answer ELSE '${OTHERS}' END AS answer,`,
      '  sum(base) AS base, sum("left") AS "left" FROM placed GROUP BY 1, 2 ORDER BY 1, base DESC, 2',
    ].join("\n"),
  );
  const [all] = await query.rows<{ base: number; left: number }>(
    `SELECT coalesce(sum(in_base), 0) AS base, coalesce(sum(times_left), 0) AS "left" FROM ${name}`,
  );
  const questions = [...new Set(rows.map(({ question }) => question))];
  return questions.map((question) => {
    const given = rows.filter((row) => row.question === question);
    const sum = (of: "base" | "left") => given.reduce((total, row) => total + row[of], 0);
    const silent = { answer: null, base: all.base - sum("base"), left: all.left - sum("left") };
    const cells = [...given.map(({ answer, base, left }) => ({ answer, base, left })), silent];
    const shrunk = shrunkRates(cells.map(({ base, left }) => ({ base, left })));
    return {
      question,
      answered: sum("base"),
      responseRate: rateOf(sum("base"), all.base),
      answers: cells.map((cell, i) => ({ ...cell, ...shrunk[i] })),
    };
  });
}
