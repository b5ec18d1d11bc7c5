import type { FieldDef } from "pg";
import { type LongWork, Pulse } from "../../progress.js";
import { BatchBuilder } from "../../rows/batch-builder.js";
import {
  BATCH_ROWS,
  type Extent,
  type NeededColumn,
  placesOf,
  type RowBatch,
  type RowSource,
} from "../../rows/row-source.js";
import type { PostgresConnection } from "./connection.js";
import { type CellText, openPostgres, type PostgresSession } from "./session.js";
import { plainTextOfType, textOfType } from "./types.js";

const FAILURE = { code: "data.unreadable", expected: "must be readable from PostgreSQL" } as const;

/** What is before the query in the statements that are sent. */
const BEFORE = "SELECT * FROM (";

/** The rows of a PostgreSQL query, read in batches with a cursor. */
export class PostgresRows implements RowSource {
  readonly name = "PostgreSQL query";
  private done = 0;

  /** @param connection default: from `PGHOST` and the other variables of PostgreSQL. */
  constructor(
    private readonly query: string,
    private readonly connection?: PostgresConnection | undefined,
  ) {}

  private get text(): string {
    return this.query.trim().replace(/;$/, "");
  }

  extent(): Extent {
    return { done: this.done, total: undefined };
  }

  async *batches(needed: readonly NeededColumn[], work: LongWork): AsyncGenerator<RowBatch, void, undefined> {
    const written = { text: this.text, from: BEFORE.length };
    const place = { file: this.name };
    const asked = { work, connection: this.connection, place, failure: FAILURE, written };
    const session = await openPostgres(asked);
    try {
      yield* this.readBatches(session, needed, new Pulse(work));
    } catch (error) {
      throw session.errorOf(error);
    } finally {
      await session.close();
    }
  }

  private async *readBatches(
    session: PostgresSession,
    needed: readonly NeededColumn[],
    pulse: Pulse,
  ): AsyncGenerator<RowBatch, void, undefined> {
    // The bracket is on a new line, because the query may end in a comment.
    const query = `${BEFORE}${this.text}\n) AS rows_to_score`;
    const fields = await session.fieldsOf(query);
    const places = placesOf(
      needed,
      fields.map(({ name }) => name),
      this.name,
    );
    const builder = new BatchBuilder(needed, this.name);
    for await (const rows of session.read(query, BATCH_ROWS)) {
      builder.reserve(rows.length);
      for (const row of rows) putRow(builder, needed, places, fields, row);
      this.done += rows.length;
      yield builder.finish();
      await pulse.beat();
    }
  }
}

function putRow(
  builder: BatchBuilder,
  needed: readonly NeededColumn[],
  places: readonly number[],
  fields: readonly FieldDef[],
  row: readonly CellText[],
): void {
  const at = builder.filled;
  let isRefused = false;
  places.forEach((place, c) => {
    const { kind } = needed[c];
    const textOf = kind === "categorical" || kind === "text" ? plainTextOfType : textOfType;
    const text = textOf(row[place], fields[place].dataTypeID);
    const problem = builder.cells[c].put(at, text);
    if (problem === undefined) return;
    builder.refuse(at, c, problem, text);
    isRefused = true;
  });
  if (isRefused) {
    builder.describe(at, { values: Object.fromEntries(fields.map(({ name }, i) => [name, row[i]])) });
  }
  builder.filled++;
}
