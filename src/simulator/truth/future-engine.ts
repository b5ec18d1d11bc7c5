import { addMonths, firstDayOf, monthOf } from "../../table/calendar.js";
import { staffFrom } from "../accounts/staff.js";
import { AT, CAUSES, type Cause } from "../departure/causes.js";
import { offerEffects } from "../departure/offer-effects.js";
import { excludeFromCampaign, giveOffer } from "../departure/retention-campaign.js";
import { beginMonth, copyGroupLife, finishMonth, type GroupLife, newGroupLife } from "../life/group-life.js";
import type { SubscriberGroup } from "../life/group-sequence.js";
import type { Member } from "../life/member.js";
import type { OfferName } from "../market/offers.js";
import { BURN_IN } from "../plan.js";
import type { World } from "../world.js";
import type { RowsOfSubscriber } from "./churn-questions.js";
import { type Fate, liveConditionalMonth, newFate } from "./future-life.js";

/** What happens to the rows from their day on: the campaign goes on; no offer; or one offer on the day, and no other later. */
export type Arm = "campaign" | "none" | OfferName;

/** Sums over the futures of one arm, for each row and number of months. */
export class Tally {
  /** Probability of an end within k months, at `row * months + k − 1`; and sums of the squares of its complement. */
  readonly ended: Float64Array;
  readonly squares: Float64Array;
  /** By cause, at `(row * months + k − 1) * causes + cause`. */
  readonly byCause: Float64Array | undefined;

  constructor(
    rowCount: number,
    readonly months: number,
    hasCauses: boolean,
  ) {
    this.ended = new Float64Array(rowCount * months);
    this.squares = new Float64Array(rowCount * months);
    this.byCause = hasCauses ? new Float64Array(rowCount * months * CAUSES.length) : undefined;
  }
}

/** A row that is asked for. */
interface Row {
  readonly row: number;
  readonly member: number;
}

/** Simulates the futures of the rows of one group after another. */
export class FutureEngine {
  constructor(
    private readonly world: World,
    private readonly futures: readonly World[],
    private readonly arms: ReadonlyMap<Arm, Tally>,
    private readonly isAnswered: Uint8Array,
  ) {}

  answer(group: SubscriberGroup, rowsOf: RowsOfSubscriber): void {
    const rowsAt = new Map<number, Row[]>();
    for (let member = 0; member < group.size; member++) {
      for (const { row, cutoff } of rowsOf.get(group.firstMember + member) ?? []) {
        rowsAt.set(cutoff, [...(rowsAt.get(cutoff) ?? []), { row, member }]);
      }
    }
    if (rowsAt.size === 0) return;
    const { world } = this;
    const days = [...rowsAt.keys()].sort((a, b) => a - b);
    const last = monthOf(days[days.length - 1]);
    const life = newGroupLife(group, world);
    for (let month = world.plan.firstMonth - BURN_IN; month <= last; month++) {
      const asked = days.filter((day) => monthOf(day) === month);
      const before = asked.length > 0 ? copyOf(life, world) : undefined;
      beginMonth(life, month, world);
      const begun = asked.some((day) => day > firstDayOf(month)) ? copyOf(life, world) : undefined;
      finishMonth(life, month, world, undefined);
      for (const day of asked) {
        const known = day === firstDayOf(month) ? before : begun;
        if (known !== undefined) this.answerDay(knownOn(known, life, day), day, rowsAt.get(day) ?? []);
      }
    }
  }

  private answerDay(life: GroupLife, day: number, rows: readonly Row[]): void {
    const present = rows.filter(({ member }) => isThereOn(life.members[member], day));
    if (present.length === 0) return;
    for (const { row } of present) this.isAnswered[row] = 1;
    for (const [arm, tally] of this.arms) {
      // An offer is made to one member at a time, and the others of the group get none from this.
      const together =
        arm === "campaign" || life.members.length === 1 ? [present] : present.map((row) => [row]);
      for (const some of together) {
        for (const [i, future] of this.futures.entries()) {
          const world = { ...future, staff: staffFrom(day, this.world.staff, future.staff) };
          this.live(copyGroupLife(life, world.plan.seed, i + 1, day), day, world, arm, some, tally);
        }
      }
    }
  }

  private live(
    life: GroupLife,
    day: number,
    world: World,
    arm: Arm,
    rows: readonly Row[],
    tally: Tally,
  ): void {
    const { months } = tally;
    const fates = new Map<Member, Fate>();
    const ends: Float64Array[] = [];
    const bounds = Array.from({ length: months }, (_, k) => addMonths(day, k + 1));
    for (const { row, member: place } of rows) {
      const member = life.members[place];
      arrange(member, arm, day, world.plan.campaign.effect);
      const ended = new Float64Array(months);
      ends.push(ended);
      const add = (k: number, cause: Cause, probability: number) => {
        if (k < 0) return;
        ended[k] += probability;
        if (tally.byCause !== undefined) {
          tally.byCause[(row * months + k) * CAUSES.length + AT[cause]] += probability;
        }
      };
      const fate = newFate(member, (from, to, cause, probability) => {
        const k = bounds.findIndex((bound) => from < bound);
        const within = k < 0 ? 0 : Math.min(to, bounds[k]) - from;
        add(k, cause, (probability * within) / (to - from));
        if (k >= 0 && within < to - from) {
          add(k + 1 < months ? k + 1 : -1, cause, probability * (1 - within / (to - from)));
        }
      });
      fates.set(member, fate);
    }
    // The lives go on as those of members in use; the fates know which cards are silent.
    for (const { state } of life.members) state.silentSince = undefined;
    const first = monthOf(day);
    const last = monthOf(bounds[months - 1] - 1);
    for (let month = first; month <= last; month++) {
      liveConditionalMonth(life, month, Math.max(day, firstDayOf(month)), world, fates);
    }
    rows.forEach(({ row }, i) => {
      let sum = 0;
      for (let k = 0; k < months; k++) {
        sum += ends[i][k];
        tally.ended[row * months + k] += sum;
        tally.squares[row * months + k] += (1 - sum) ** 2;
      }
    });
  }
}

function copyOf(life: GroupLife, { plan }: World): GroupLife {
  return copyGroupLife(life, plan.seed, 0, 0);
}

/** What is known of a group on a day of a month: ends and silence before it have happened, those after it have not. */
function knownOn(before: GroupLife, after: GroupLife, day: number): GroupLife {
  const known = copyGroupLife(before, 0, 0, day);
  known.members.forEach((member, i) => {
    const later = after.members[i];
    if (later.endedOn !== undefined && later.endedOn < day) {
      member.departureMonth = later.departureMonth;
      member.endedOn = later.endedOn;
    }
    const { silentSince, silentCause } = later.state;
    if (silentSince !== undefined && silentSince < day && member.state.silentSince === undefined) {
      member.state.silentSince = silentSince;
      member.state.silentCause = silentCause;
    }
  });
  return known;
}

function isThereOn({ profile, endedOn }: Member, day: number): boolean {
  return profile.activatedOn < day && (endedOn === undefined || endedOn >= day);
}

function arrange(member: Member, arm: Arm, day: number, hasEffect: boolean): void {
  if (arm === "campaign") return;
  excludeFromCampaign(member, day);
  if (arm === "none" || !hasEffect) return;
  giveOffer(member, day - 1, arm, offerEffects(member, monthOf(day))[arm]);
}
