import { describe, expect, test } from "vitest";
import { contacts } from "../../../src/history/families/contacts.js";
import { snapshotRows, withFacts } from "../../support/history/history-tables.js";

/** 91 days before the cutoff is 2025-04-01. */
const AT = { at: "2025-07", observe: 6 };
const contact = (
  at: string,
  outcome: string | null,
  [channel, offer]: readonly [string | null, string | null] = [null, null],
  known_at: string | null = null,
) => ({ subscriber_id: "甲", at, channel, offer, outcome, known_at });
const HISTORY = {
  subscribers: ["甲", "乙"].map((subscriber_id) => ({ subscriber_id, activated_on: "2022-01-01" })),
  contacts: [
    contact("2024-12-31", "accepted"),
    contact("2025-01-01", "no_answer"),
    contact("2025-03-31", "refused"),
    contact("2025-04-01", "refused", ["call", "discount"]),
    contact("2025-05-01", "accepted", ["call", "discount"]),
    contact("2025-05-02", null, ["call", "5GB"]),
    // Two contacts of one day, the last on which there was one.
    contact("2025-06-20", "refused", ["call", "discount"]),
    contact("2025-06-20", "no_answer", ["短信", null]),
    // Drawn for the control group, and not contacted.
    contact("2025-06-25", "held_out", ["短信", "5GB"]),
    { ...contact("2025-06-25", "held_out", ["call", "5GB"]), subscriber_id: "乙" },
  ],
};
const NEVER = {
  subscriber_id: "乙",
  cutoff: "2025-07-01",
  contacts: 0,
  contacts_3m: 0,
  days_since_contact: null,
  offers_accepted: 0,
  offers_refused: 0,
  contacts_unanswered: 0,
  last_offer: null,
  last_channel: null,
  last_outcome: null,
};

describe("contacts", () => {
  test("counts contacts of the window and their outcomes, and shows the last one", async () => {
    const [without, row] = await snapshotRows(HISTORY, AT, [contacts()]);
    expect(row).toEqual({
      subscriber_id: "甲",
      cutoff: "2025-07-01",
      contacts: 7,
      contacts_3m: 5,
      days_since_contact: 11,
      offers_accepted: 1,
      offers_refused: 3,
      contacts_unanswered: 2,
      last_offer: "discount",
      last_channel: "短信",
      last_outcome: "refused",
    });
    expect(without).toEqual(NEVER);
  });

  test("takes other words for outcomes; where none means held out, each row is a contact", async () => {
    const families = [contacts({ accepted: ["accepted", "refused"], refused: ["held_out"], heldOut: [] })];
    const [other, row] = await snapshotRows(HISTORY, AT, families);
    expect(row).toMatchObject({ contacts: 8, offers_accepted: 4, offers_refused: 1, last_offer: "5GB" });
    expect(other).toMatchObject({ contacts: 1, days_since_contact: 6, offers_refused: 1 });
  });

  test("has no features of columns that the table does not have", async () => {
    const plain = HISTORY.contacts.map(({ subscriber_id, at, channel }) => ({ subscriber_id, at, channel }));
    const [, row] = await snapshotRows({ ...HISTORY, contacts: plain }, AT, [contacts()]);
    const names = ["contacts", "contacts_3m", "days_since_contact", "last_channel"];
    expect(Object.keys(row).slice(2)).toEqual(names);
  });

  test("refuses outcomes that are no texts, that are missing, and that have two meanings, together", () => {
    const wrong = { accepted: [], refused: "no" as never, unanswered: ["held_out"] };
    expect(() => contacts(wrong)).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({ path: { function: "contacts", argument: "accepted" } }),
          expect.objectContaining({ hint: 'put it into a list: ["no"]' }),
          expect.objectContaining({ expected: "must not name an outcome of unanswered" }),
        ],
      }),
    );
    expect(() => contacts(["yes"] as never)).toThrow('write contacts({ accepted: ["yes"] })');
  });

  test("does not use contacts that happen or become known on the cutoff or later", async () => {
    const later = {
      contacts: [
        contact("2025-07-01", "accepted"),
        contact("2025-06-30", "accepted", ["call", "9GB"], "2025-07-01"),
      ],
    };
    expect(await snapshotRows(withFacts(HISTORY, later), AT, [contacts()])).toEqual(
      await snapshotRows(HISTORY, AT, [contacts()]),
    );
  });
});
