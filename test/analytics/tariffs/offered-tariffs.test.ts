import { describe, expect, test } from "vitest";
import { listOf, on, person, TABLES } from "./migration-tables.js";

describe("migrationList", () => {
  test("offers what subscribers of the same kind joined or moved to in the last twelve months", async () => {
    // L was last sold before, M only to those of a family, and A moved to S, which changes nothing for its own subscribers.
    const sold = {
      ...TABLES,
      subscribers: [...TABLES.subscribers, person("N", "2025-02-01"), person("P", "2025-03-01")],
      tariffs: [...TABLES.tariffs, on("N", "M", null, "2025-02-01"), on("P", "S", null, "2025-03-01")],
      memberships: ["N", "A"].map((subscriber_id) => ({
        ...{ subscriber_id, group_id: "1", group_kind: "family", valid_from: "2024-01-01", valid_to: null },
      })),
    };
    const list = await listOf({ offered: "sold" }, sold);
    expect(list.offered).toEqual([
      { groupKind: "family", tariffs: ["M"] },
      { groupKind: "none", tariffs: ["S"] },
    ]);
    expect(
      list.rows.map(({ subscriber, cheapestTariff, groupKind }) => [subscriber, cheapestTariff, groupKind]),
    ).toEqual([
      ["B", "S", "none"],
      ["A", "M", "family"],
    ]);
    const named = await listOf({ offered: { none: ["L", "unknown"] } }, sold);
    expect(named.rows.map(({ subscriber }) => subscriber)).toEqual(["F"]);
    expect((await listOf({ offered: ["M"] }, sold)).rows.map(({ subscriber }) => subscriber)).toEqual([
      "F",
      "B",
      "A",
    ]);
  });

  test("offers a tariff that is bought at certain ages only at those, and not where the age is not known", async () => {
    const buyers = Array.from({ length: 60 }, (_, i) => ({
      id: `Y${i}`,
      isYoung: i < 20,
      born: i < 20 ? 2000 + (i % 5) : 1950 + i,
    }));
    const ages = {
      ...TABLES,
      subscribers: [
        ...TABLES.subscribers.map((each) => ({
          ...each,
          birth_year: each.subscriber_id === "A" ? 2001 : each.subscriber_id === "F" ? 1980 : null,
        })),
        ...buyers.map(({ id, born }) => person(id, "2025-02-01", born)),
      ],
      tariffs: [
        ...TABLES.tariffs,
        ...buyers.map(({ id, isYoung }) => on(id, isYoung ? "M" : "L", null, "2025-02-01")),
      ],
    };
    const { rows } = await listOf({ offered: "sold" }, ages);
    const known = rows.filter(({ subscriber }) => !subscriber.startsWith("Y"));
    // A is young; F is not, and is offered L; of B the age is not known.
    expect(known.map(({ subscriber, cheapestTariff }) => [subscriber, cheapestTariff])).toEqual([
      ["F", "L"],
      ["A", "M"],
    ]);
  });
});
