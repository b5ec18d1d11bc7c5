import { recordContact } from "../departure/retention-campaign.js";
import { isRunning } from "../departure/triggers.js";
import type { FactLog } from "../output/fact-log.js";
import { monthText } from "../plan.js";
import type { World } from "../world.js";
import { changeContract } from "./contracts.js";
import { recordActivity } from "./daily-activity.js";
import { changeServices } from "./extra-services.js";
import type { SubscriberGroup } from "./group-sequence.js";
import type { Member } from "./member.js";
import { billOfMonth } from "./month-bill.js";
import { useOfMonth } from "./month-use.js";
import { payMonth } from "./payments.js";
import { type ServedDays, servedDays } from "./served-days.js";
import { WAKES_UP } from "./silence.js";
import { recordEvents, rememberEvents } from "./trouble.js";

/** A month of one member. */
export interface MemberMonth {
  readonly group: SubscriberGroup;
  readonly month: number;
  /** The first day without service, if the member leaves in this month. */
  readonly endedOn: number | undefined;
  /** Who looks after the account on a day. */
  managerOn(day: number): string | null;
  readonly world: World;
  readonly log: FactLog | undefined;
}

/** The rest of a month, once its departure is decided: use, services, bill, payment and contract. */
export function liveMemberMonth(
  member: Member,
  { group, month, endedOn, managerOn, world, log }: MemberMonth,
): void {
  const { plan } = world;
  const { state } = member;
  const served = servedDays(member, month, endedOn);
  const wakesUp = member.random.next() < wakesUpWith(member, served);
  if (wakesUp && endedOn === undefined && Number(state.silentSince) < served.from) {
    state.silentSince = undefined;
  }
  rememberEvents(member);
  if (log !== undefined) {
    recordEvents(member, served, month === plan.firstMonth, log);
    recordContact(member, served, monthText(month), managerOn, log);
  }
  const balance = state.balance;
  const use = useOfMonth(member, served, plan.shocks, log);
  changeServices(member, served, log);
  const revenue = billOfMonth(member, served, use, plan.shocks, log);
  payMonth(member, served, revenue, log);
  if (plan.isDaily && log !== undefined)
    recordActivity(member, served, { use, revenue, balance }, plan.seed, log);
  changeContract(member, group, plan, served, log);
}

/** An offer that works makes it likelier that a silent card is used again. */
function wakesUpWith({ state }: Member, { from }: ServedDays): number {
  if (state.silentSince === undefined) return WAKES_UP;
  let effect = 0;
  for (const each of state.triggers) {
    if (each.kind === "offer" && isRunning(each, from + 1)) effect += each.effect;
  }
  return Math.min(0.6, WAKES_UP * Math.exp(-effect));
}
