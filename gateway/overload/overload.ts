import { performance } from 'node:perf_hooks';
import type { Operation } from '../model/operation.ts';
import { nextLimit, type FlightLimit } from './flight-limit.ts';
import { TurnQueue } from './turns.ts';
import { weightOf } from './weight.ts';

export interface OverloadSettings {
  /** Off: only `most` counts. */
  readonly enabled: boolean;
  /** Requests in flight, however fast they are. */
  readonly most: number;
  /** How late the event loop may come before fewer requests are let in, milliseconds. */
  readonly maxDelayMs: number;
  /** Whether there are trusted documents, for which the last of the room is kept. */
  readonly knowsTrusted: boolean;
  readonly readiness: {
    /** So many refused requests in one sampling interval are borne. */
    readonly allowed: number;
    readonly samplingMs: number;
    /** How long the gateway says that it is not ready, after more. */
    readonly unreadyMs: number;
  };
}

/** What is told of an overload. */
export interface OverloadReport {
  readonly refused: number;
  readonly inFlight: number;
  readonly limit: number;
  /** Executions that wait for their turn. */
  readonly waiting: number;
  readonly delayMs: number;
}

export interface OverloadEvents {
  /** While requests are refused, at most every ten seconds. */
  readonly onRefusing: (report: OverloadReport) => void;
  readonly onRecovered: (report: OverloadReport) => void;
}

/** An operation that is known already, and the trusted document that asks it. */
export interface Candidate {
  readonly operation: Operation;
  readonly document?: string | undefined;
}

export interface Turns {
  /** Takes a turn, which must be given back; to be waited for while enough others run. */
  readonly turn: () => Promise<void> | undefined;
  readonly giveBack: () => void;
}

/** The same work, in its turn. */
export function inTurn<T>(turns: Turns | undefined, run: () => Promise<T>): () => Promise<T> {
  if (turns === undefined) return run;
  return async () => {
    const turn = turns.turn();
    if (turn !== undefined) await turn;
    try {
      return await run();
    } finally {
      turns.giveBack();
    }
  };
}

export interface Overload extends Turns {
  /** Whether one more request may not even be read; then it is counted as refused. */
  readonly turnsAway: () => boolean;
  /** Whether one more request may begin; it counts until `leave`. */
  readonly enter: () => boolean;
  readonly leave: () => void;
  /** Whether requests that have entered may have to make room; costs nothing to ask. */
  readonly isPressed: () => boolean;
  /** Whether a request that has entered is to make room; `undefined`: an operation that would have to be read first. */
  readonly refuses: (candidate: Candidate | undefined) => boolean;
  readonly isReady: () => boolean;
  readonly report: () => OverloadReport;
  readonly reconfigure: (settings: OverloadSettings) => void;
  readonly stop: () => void;
}

const lookMs = 50;
const tellMs = 10_000;
/** So many are let in however late the loop is. */
const fewest = 72;
/** What is answered within this, in milliseconds, is let in as well: refusing it would help nobody. */
const soonMs = 150;
const growth = 0.02;
/** Of the limit: what is left above these is for those that come after them here. */
const shares = { unread: 0.7, heavy: 0.8, light: 0.9 } as const;

/** Lets in what can be answered in time, and refuses the rest early: what costs most goes first, what is trusted last. */
export function overload(settings: OverloadSettings, events: OverloadEvents): Overload {
  const made = new Gauge(settings, events);
  return {
    turnsAway: () => made.turnsAway(),
    enter: () => made.enter(),
    leave: () => made.leave(),
    isPressed: () => made.isPressed(),
    turn: () => made.turns.take(),
    giveBack: () => made.turns.giveBack(),
    refuses: (candidate) => made.refuses(candidate),
    isReady: () => performance.now() >= made.unreadyUntil,
    report: () => made.report(),
    reconfigure: (changed) => made.reconfigure(changed),
    stop: () => made.stop(),
  };
}

class Gauge {
  unreadyUntil = -Infinity;
  readonly turns = new TurnQueue();
  #settings: OverloadSettings;
  readonly #events: OverloadEvents;
  readonly #weights = new WeakMap<Operation, number>();
  #flights: FlightLimit;
  /** How many may be let in, running or waiting. */
  #room: number;
  #inFlight = 0;
  /** In this turn of the event loop: let in to be read, and not entered yet. */
  #arrived = 0;
  #answered = 0;
  /** Answers a millisecond. */
  #pace = 0;
  #peak = 0;
  #delayMs = 0;
  #meanWeight = 0;
  #refused = 0;
  #refusedInSample = 0;
  #sampleEnds = 0;
  #toldAt = -Infinity;
  #toldRefused = 0;
  #lookedAt = performance.now();
  #used = performance.eventLoopUtilization();
  #timer: NodeJS.Timeout;

  constructor(settings: OverloadSettings, events: OverloadEvents) {
    this.#settings = settings;
    this.#events = events;
    this.#flights = { limit: settings.most, late: 0 };
    this.#room = settings.most;
    this.#timer = setInterval(() => this.#look(), lookMs).unref();
  }

  turnsAway(): boolean {
    if (this.#isFull(this.#arrived)) return true;
    // What comes in one turn would all be read before the first of it is in flight.
    if (this.#arrived === 0) setImmediate(() => (this.#arrived = 0));
    this.#arrived += 1;
    return false;
  }

  enter(): boolean {
    if (this.#arrived > 0) this.#arrived -= 1;
    if (this.#isFull(0)) return false;
    this.#inFlight += 1;
    if (this.#inFlight > this.#peak) this.#peak = this.#inFlight;
    return true;
  }

  leave(): void {
    this.#inFlight -= 1;
    this.#answered += 1;
  }

  isPressed(): boolean {
    return this.#room < this.#settings.most && this.#inFlight > this.#room * shares.unread;
  }

  refuses(candidate: Candidate | undefined): boolean {
    if (!this.isPressed() || candidate?.document !== undefined) return false;
    if (this.#inFlight <= this.#room * this.#shareOf(candidate)) return false;
    this.#countRefusal();
    // It will leave without having been answered.
    this.#answered -= 1;
    return true;
  }

  report(): OverloadReport {
    return {
      refused: this.#refused,
      inFlight: this.#inFlight,
      limit: this.#room,
      waiting: this.turns.waiting,
      delayMs: Math.round(this.#delayMs),
    };
  }

  reconfigure(settings: OverloadSettings): void {
    this.#settings = settings;
    this.#flights = { limit: settings.most, late: 0 };
    this.#room = settings.most;
    this.turns.clear();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #isFull(more: number): boolean {
    if (this.#inFlight + more < this.#roomToRead()) return false;
    this.#countRefusal();
    return true;
  }

  /** Where nobody is trusted, nobody would be let in behind the others, and need not be read to be told so. */
  #roomToRead(): number {
    const { most, knowsTrusted } = this.#settings;
    return knowsTrusted || this.#room >= most ? this.#room : this.#room * shares.light;
  }

  #shareOf(candidate: Candidate | undefined): number {
    if (candidate === undefined) return shares.unread;
    const { operation } = candidate;
    const weight = this.#weights.get(operation) ?? weightOf(operation);
    this.#weights.set(operation, weight);
    const mean = this.#meanWeight;
    this.#meanWeight = mean === 0 ? weight : mean + (weight - mean) * 0.01;
    return weight <= mean ? shares.light : shares.heavy;
  }

  #countRefusal(): void {
    this.#refused += 1;
    this.#refusedInSample += 1;
  }

  #look(): void {
    const now = performance.now();
    const elapsed = now - this.#lookedAt;
    this.#lookedAt = now;
    const late = Math.max(0, elapsed - lookMs);
    this.#delayMs += (late - this.#delayMs) * 0.3;
    const { enabled, most, maxDelayMs } = this.#settings;
    this.#pace += (Math.max(0, this.#answered / elapsed) - this.#pace) * 0.3;
    if (enabled) {
      const soon = Math.max(fewest, Math.floor(this.#pace * soonMs));
      const seen = { delayMs: late, peak: this.#peak };
      this.#flights = nextLimit(this.#flights, seen, { most, fewest: soon, maxDelayMs, growth });
      this.turns.look({ delayMs: late, utilization: this.#utilization() }, maxDelayMs);
      // Who would wait longer than that for a turn is better told at once.
      const turns = this.turns.hasTime ? Infinity : Math.ceil(this.turns.limit * 1.25);
      this.#room = Math.min(this.#flights.limit, Math.max(soon, turns));
    }
    this.#peak = this.#inFlight;
    this.#answered = 0;
    this.#sample(now);
    this.#tell(now);
  }

  /** Since the last look. */
  #utilization(): number {
    const used = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(used, this.#used);
    this.#used = used;
    return utilization;
  }

  #sample(now: number): void {
    const { allowed, samplingMs, unreadyMs } = this.#settings.readiness;
    if (this.#refusedInSample > allowed) this.unreadyUntil = now + unreadyMs;
    if (now < this.#sampleEnds) return;
    this.#sampleEnds = now + samplingMs;
    this.#refusedInSample = 0;
  }

  #tell(now: number): void {
    if (now - this.#toldAt < tellMs) return;
    const isNews = this.#refused > this.#toldRefused;
    if (isNews) this.#events.onRefusing(this.report());
    else if (this.#toldAt > -Infinity) this.#events.onRecovered(this.report());
    this.#toldAt = isNews ? now : -Infinity;
    this.#toldRefused = this.#refused;
  }
}
