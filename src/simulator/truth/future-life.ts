import { firstDayOf, monthOf } from "../../table/calendar.js";
import { accountRisk, changeAccount } from "../accounts/account.js";
import { eitherOf } from "../departure/cause-effects.js";
import { CAUSES, type Cause, namedCause } from "../departure/causes.js";
import type { HazardSpan } from "../departure/daily-hazard.js";
import {
  disconnectionDay,
  FAMILY_GOES,
  fillMemberEffects,
  ownRisk,
  silenceLimit,
} from "../departure/departure-risk.js";
import { drawContact } from "../departure/retention-campaign.js";
import { effectsOn } from "../departure/triggers.js";
import { type GroupLife, silentShare } from "../life/group-life.js";
import type { Member } from "../life/member.js";
import { liveMemberMonth, wakeProbability } from "../life/member-month.js";
import { changeMood } from "../life/mood.js";
import { switchedOffRisk } from "../life/silence.js";
import { drawEvents } from "../life/trouble.js";
import type { World } from "../world.js";

/** A card that may have fallen silent, with the probability that it has. */
interface SilentCard {
  readonly since: number;
  readonly cause: Cause;
  mass: number;
}

/** Takes the probability that service ends on one of the days [from, to), as likely on each, and why. */
export type OnEnd = (from: number, to: number, cause: Cause, probability: number) => void;

/** One member in one future: where the probability is. */
export interface Fate {
  /** Of being active and in use. */
  using: number;
  readonly silent: SilentCard[];
  readonly onEnd: OnEnd;
}

/** A chance that service ends on one day, or does not. */
interface Chance {
  readonly day: number;
  readonly probability: number;
  readonly cause: Cause;
}

/** What is certain of a member at the beginning: in use, or silent. */
export function newFate({ state }: Member, onEnd: OnEnd): Fate {
  const { silentSince, silentCause = "usage" } = state;
  const silent = silentSince === undefined ? [] : [{ since: silentSince, cause: silentCause, mass: 1 }];
  return { using: silentSince === undefined ? 1 : 0, silent, onEnd };
}

/**
 * Simulates a month of a group under the condition that each member stays: a member who leaves has left for the others, but
 * the member's own life goes on, and the probability of the end is moved out of the member's fate (Rao and Blackwell).
 * @param from the first day that is not known; facts of the month before it stay as they are.
 * @param fates of the members whose ends matter.
 */
export function liveConditionalMonth(
  life: GroupLife,
  month: number,
  from: number,
  world: World,
  fates: ReadonlyMap<Member, Fate>,
): void {
  const { group, members, account, random } = life;
  const { plan, network, competition, staff } = world;
  const first = firstDayOf(month);
  const next = firstDayOf(month + 1);
  const firstEnd = Math.max(first + 1, from);
  const present = members.filter(
    ({ profile, endedOn }) => profile.activationMonth <= month && !(endedOn !== undefined && endedOn < from),
  );
  for (const member of present) {
    if (from === first) {
      changeMood(member);
      fillMemberEffects(member, members, month, competition, plan.shocks);
    }
    drawEvents(member, month, network, from);
    drawContact(member, month, plan, from);
  }
  const wholeMonth = account === undefined ? 0 : accountRisk(account, group, members, plan.firstMonth, month);
  const together = restOf(wholeMonth, (next - firstEnd) / (next - first - 1));
  const togetherDay = firstEnd + random.integer(Math.max(1, next - firstEnd));
  if (account !== undefined) changeAccount(account, group, month, staff, random, undefined);
  let familyRisk = 0;
  for (const member of present) {
    const risk = ownRisk(member, month, firstEnd, next);
    const hasRisk = month > member.profile.activationMonth;
    const led = account !== undefined ? together : familyRisk;
    const fate = fates.get(member);
    if (fate !== undefined && hasRisk) {
      const chances: Chance[] = [];
      if (led > 0) chances.push({ day: togetherDay, probability: led, cause: "group" });
      if (risk.disconnects > 0) {
        chances.push({ day: disconnectionDay(month), probability: risk.disconnects, cause: "arrears" });
      }
      endInUse(member, fate, risk.spans, chances);
      endInSilence(member, fate, month, firstEnd, chances);
    }
    const isGone = member.departureMonth !== undefined && member.departureMonth < month;
    if (member === members[0] && group.kind === "family" && !isGone) {
      familyRisk = FAMILY_GOES * eitherOf(risk.decides * (1 - silentShare(member)), risk.disconnects);
    }
    const leaves = member.random.next() < risk.decides * (1 - silentShare(member)) + risk.disconnects;
    if (leaves) member.departureMonth ??= month;
    liveMemberMonth(member, {
      group,
      month,
      endedOn: undefined,
      managerOn: () => null,
      world,
      log: undefined,
    });
  }
}

/** The probability of what happens in a month for the rest of it, given that it has not yet: uniform over the days. */
function restOf(probability: number, share: number): number {
  const isNotYet = 1 - probability * (1 - share);
  return (probability * share) / isNotYet;
}

/** Where in a span with one hazard cards fall silent. */
const SILENT_PARTS = [1 / 6, 3 / 6, 5 / 6];

const effects = new Array<number>(CAUSES.length).fill(0);

/** Moves the probability of ends, and of falling silent, out of that of use. */
function endInUse(
  member: Member,
  fate: Fate,
  spans: readonly HazardSpan[],
  chances: readonly Chance[],
): void {
  const { state } = member;
  const share = silentShare(member);
  for (const { from, to, hazard } of splitAt(spans, chances)) {
    for (const { day, probability, cause } of chances) {
      if (day === from) fate.using -= tell(fate, day, day + 1, cause, fate.using * probability);
    }
    const decided = fate.using * -Math.expm1((to - from) * Math.log1p(-hazard));
    effectsOn(member.effects, state.triggers, from, effects);
    const cause = namedCause(effects);
    tell(fate, from, to, cause, decided * (1 - share));
    if (share > 0) {
      // Not at random, so that the life of the member is the same whether or not its end is asked for.
      for (const part of SILENT_PARTS) {
        const since = from + Math.floor(part * (to - from));
        fate.silent.push({ since, cause, mass: (decided * share) / SILENT_PARTS.length });
      }
    }
    fate.using -= decided;
  }
}

/** The spans, cut where a chance comes. */
function splitAt(spans: readonly HazardSpan[], chances: readonly Chance[]): readonly HazardSpan[] {
  let split = spans;
  for (const { day } of chances) {
    split = split.flatMap((span) =>
      span.from < day && day < span.to
        ? [
            { ...span, to: day },
            { ...span, from: day },
          ]
        : [span],
    );
  }
  return split;
}

function tell({ onEnd }: Fate, from: number, to: number, cause: Cause, probability: number): number {
  if (probability > 0) onEnd(from, to, cause, probability);
  return probability;
}

/** Switches silent cards off, and wakes others. */
function endInSilence(
  { state }: Member,
  fate: Fate,
  month: number,
  from: number,
  chances: readonly Chance[],
): void {
  const first = firstDayOf(month);
  const next = firstDayOf(month + 1);
  const rest = (next - from) / (next - first - 1);
  for (const card of fate.silent) {
    if (card.since >= first) continue;
    for (const { day, probability, cause } of chances) {
      if (cause === "group") card.mass -= tell(fate, day, day + 1, cause, card.mass * probability);
    }
    const limit = silenceLimit(card.since);
    const months = month - monthOf(limit);
    if (months === 0 && limit >= from) {
      card.mass -= tell(fate, limit, limit + 1, card.cause, card.mass * switchedOffRisk(0));
    } else if (months !== 0) {
      card.mass -= tell(fate, from, next, card.cause, card.mass * restOf(switchedOffRisk(months), rest));
    }
    const wakes = card.mass * wakeProbability(state.triggers, first);
    fate.using += wakes;
    card.mass -= wakes;
  }
}
