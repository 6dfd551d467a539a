import { addedReadings, lastingReadings } from "../model/added-readings.js";
/** A worker may take this long to tell its numbers; then the page is written with what it told before. */
const longestWaitMs = 1_000;
/** Gathers what workers count; `page` is what they are told when one of them is asked for the page. */
export function gatheredNumbers(own, page) {
    const tellers = new Set();
    let departed = [];
    let lastId = 0;
    let gathering;
    const gatherAll = async () => {
        lastId += 1;
        const id = lastId;
        const told = await Promise.all([...tellers].map((teller) => toldBy(teller, id)));
        return addedReadings([...told.flat(), ...departed, ...own()]);
    };
    return {
        join: (send) => {
            const teller = { send, last: [], waiting: undefined };
            tellers.add(teller);
            return {
                heard: (message) => hear(teller, message, page),
                leave: () => {
                    tellers.delete(teller);
                    departed = addedReadings([...departed, ...lastingReadings(teller.last)]);
                    teller.waiting?.told([]);
                },
            };
        },
        gather: () => {
            gathering ??= gatherAll().finally(() => (gathering = undefined));
            return gathering;
        },
    };
}
function hear(teller, message, page) {
    switch (message.kind) {
        case 'numbers': {
            const { id, readings } = message;
            teller.last = readings;
            if (teller.waiting?.id === id)
                teller.waiting.told(readings);
            return;
        }
        case 'page wanted': {
            const { id } = message;
            page().then((text) => teller.send({ kind: 'page', id, text }), () => teller.send({ kind: 'page', id, text: undefined }));
        }
    }
}
/** Without an answer in time, what it counted so far; how it is now, nobody knows. */
function toldBy(teller, id) {
    return new Promise((resolve) => {
        const timer = setTimeout(() => told(lastingReadings(teller.last)), longestWaitMs);
        const told = (readings) => {
            clearTimeout(timer);
            teller.waiting = undefined;
            resolve(readings);
        };
        teller.waiting = { id, told };
        teller.send({ kind: 'numbers wanted', id });
    });
}
//# sourceMappingURL=gathered-numbers.js.map