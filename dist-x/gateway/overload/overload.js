import { appendFileSync } from 'node:fs';
const logLine = (t) => appendFileSync('/tmp/looks.txt', t);
import { performance } from 'node:perf_hooks';
import { nextLimit } from "./flight-limit.js";
import { TurnQueue } from "./turns.js";
import { weightOf } from "./weight.js";
/** The same work, in its turn. */
export function inTurn(turns, run) {
    if (turns === undefined)
        return run;
    return async () => {
        const turn = turns.turn();
        if (turn !== undefined)
            await turn;
        try {
            return await run();
        }
        finally {
            turns.giveBack();
        }
    };
}
const lookMs = 50;
const tellMs = 10_000;
/** So many are let in however late the loop is. */
const fewest = 100;
/** What is answered within this, in milliseconds, is let in as well: refusing it would help nobody. */
const soonMs = 250;
const growth = 0.02;
/** Of the limit: what is left above these is for those that come after them here. */
const shares = { unread: 0.7, heavy: 0.8, light: 0.9 };
/** Lets in what can be answered in time, and refuses the rest early: what costs most goes first, what is trusted last. */
export function overload(settings, events) {
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
    turns = new TurnQueue();
    #settings;
    #events;
    #weights = new WeakMap();
    #flights;
    /** How many may be let in, running or waiting. */
    #room;
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
    #timer;
    constructor(settings, events) {
        this.#settings = settings;
        this.#events = events;
        this.#flights = { limit: settings.most, late: 0 };
        this.#room = settings.most;
        this.#timer = setInterval(() => this.#look(), lookMs).unref();
    }
    turnsAway() {
        if (this.#isFull(this.#arrived))
            return true;
        // What comes in one turn would all be read before the first of it is in flight.
        if (this.#arrived === 0)
            setImmediate(() => (this.#arrived = 0));
        this.#arrived += 1;
        return false;
    }
    enter() {
        if (this.#arrived > 0)
            this.#arrived -= 1;
        if (this.#isFull(0))
            return false;
        this.#inFlight += 1;
        if (this.#inFlight > this.#peak)
            this.#peak = this.#inFlight;
        return true;
    }
    leave() {
        this.#inFlight -= 1;
        this.#answered += 1;
    }
    isPressed() {
        return this.#room < this.#settings.most && this.#inFlight > this.#room * shares.unread;
    }
    refuses(candidate) {
        if (!this.isPressed() || candidate?.document !== undefined)
            return false;
        if (this.#inFlight <= this.#room * this.#shareOf(candidate))
            return false;
        this.#countRefusal();
        // It will leave without having been answered.
        this.#answered -= 1;
        return true;
    }
    report() {
        return {
            refused: this.#refused,
            inFlight: this.#inFlight,
            limit: this.#room,
            waiting: this.turns.waiting,
            delayMs: Math.round(this.#delayMs),
        };
    }
    reconfigure(settings) {
        this.#settings = settings;
        this.#flights = { limit: settings.most, late: 0 };
        this.#room = settings.most;
        this.turns.clear();
    }
    stop() {
        clearInterval(this.#timer);
    }
    #isFull(more) {
        if (this.#inFlight + more < this.#roomToRead())
            return false;
        this.#countRefusal();
        return true;
    }
    /** Where nobody is trusted, nobody would be let in behind the others, and need not be read to be told so. */
    #roomToRead() {
        const { most, knowsTrusted } = this.#settings;
        return knowsTrusted || this.#room >= most ? this.#room : this.#room * shares.light;
    }
    #shareOf(candidate) {
        if (candidate === undefined)
            return shares.unread;
        const { operation } = candidate;
        const weight = this.#weights.get(operation) ?? weightOf(operation);
        this.#weights.set(operation, weight);
        const mean = this.#meanWeight;
        this.#meanWeight = mean === 0 ? weight : mean + (weight - mean) * 0.01;
        return weight <= mean ? shares.light : shares.heavy;
    }
    #countRefusal() {
        this.#refused += 1;
        this.#refusedInSample += 1;
    }
    #look() {
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
            this.turns.look(this.#utilization());
            // Who would wait longer than that for a turn is better told at once.
            this.#room = Math.min(this.#flights.limit, Math.max(soon, Math.ceil(this.turns.limit * 1.25)));
        }
        this.#peak = this.#inFlight;
        logLine(`${now.toFixed(0)} late ${late.toFixed(0)} room ${this.#room} inflight ${this.#inFlight} turns ${this.turns.limit} waiting ${this.turns.waiting} answered ${this.#answered} ref ${this.#refused}\n`);
        this.#answered = 0;
        this.#sample(now);
        this.#tell(now);
    }
    /** Since the last look. */
    #utilization() {
        const used = performance.eventLoopUtilization();
        const { utilization } = performance.eventLoopUtilization(used, this.#used);
        this.#used = used;
        return utilization;
    }
    #sample(now) {
        const { allowed, samplingMs, unreadyMs } = this.#settings.readiness;
        if (this.#refusedInSample > allowed)
            this.unreadyUntil = now + unreadyMs;
        if (now < this.#sampleEnds)
            return;
        this.#sampleEnds = now + samplingMs;
        this.#refusedInSample = 0;
    }
    #tell(now) {
        if (now - this.#toldAt < tellMs)
            return;
        const isNews = this.#refused > this.#toldRefused;
        if (isNews)
            this.#events.onRefusing(this.report());
        else if (this.#toldAt > -Infinity)
            this.#events.onRecovered(this.report());
        this.#toldAt = isNews ? now : -Infinity;
        this.#toldRefused = this.#refused;
    }
}
//# sourceMappingURL=overload.js.map