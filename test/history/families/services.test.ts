import { describe, expect, test } from "vitest";
import { services } from "../../../src/history/families/services.js";
import { snapshotRows, withFacts } from "../../support/history/history-tables.js";

const AT = { at: "2025-07", observe: 6 };
const service = (
  name: string,
  valid_from: string,
  valid_to: string | null,
  known_at: string | null = null,
) => ({
  subscriber_id: "甲",
  service: name,
  valid_from,
  valid_to,
  known_at,
});
const HISTORY = {
  subscribers: ["甲", "乙"].map((subscriber_id) => ({ subscriber_id, activated_on: "2022-01-01" })),
  services: [
    service("宽带", "2024-01-01", null),
    service("电视", "2023-05-01", "2025-03-01"),
    service("传真", "2022-01-01", "2024-06-01"),
    service("mobile", "2025-01-01", null),
  ],
};

describe("services", () => {
  test("counts services held now, and added and dropped in the window, whose first day counts", async () => {
    const [without, row] = await snapshotRows(HISTORY, AT, [services()]);
    // Held: 宽带 and mobile. Added: mobile, on the first day of the window. Dropped: 电视, 122 days before the cutoff.
    expect(row).toEqual({
      subscriber_id: "甲",
      cutoff: "2025-07-01",
      service_count: 2,
      services_dropped: 1,
      services_added: 1,
      months_since_service_drop: 122 / 30.436875,
    });
    expect(without).toMatchObject({
      service_count: 0,
      services_dropped: 0,
      services_added: 0,
      months_since_service_drop: null,
    });
  });

  test("does not use facts that begin, end or become known on the cutoff or later", async () => {
    const later = {
      services: [service("云盘", "2025-07-01", null), service("音乐", "2025-02-01", null, "2025-07-01")],
    };
    const ending = {
      ...HISTORY,
      services: HISTORY.services.map((fact) =>
        fact.valid_to === null ? { ...fact, valid_to: "2025-07-01" } : fact,
      ),
    };
    expect(await snapshotRows(withFacts(ending, later), AT, [services()])).toEqual(
      await snapshotRows(HISTORY, AT, [services()]),
    );
  });
});
