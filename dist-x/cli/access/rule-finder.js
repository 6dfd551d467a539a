import { parse, Source } from 'graphql';
import { rulePlaces } from "../../gateway/authorize/authorize.js";
/**
 * Finds rules in the subgraphs they come from. Composition makes one rule of several: where none is as the composed
 * one, all those of the same directive are meant.
 */
export function ruleFinder(sources) {
    const places = sources.flatMap(({ name, sdl, origin }) => rulePlaces(parse(new Source(sdl, name))).map(({ coordinate, text, line = 1, column = 1 }) => {
        const at = [origin.shown, line + origin.lineOffset, column + origin.columnOffset];
        return { coordinate, text, at: at.join(':') };
    }));
    const directive = (text) => text.replace(/\(.*/, '');
    return (coordinate, rule) => {
        const here = places.filter((place) => place.coordinate === coordinate);
        const same = here.filter(({ text }) => text === rule);
        const meant = same.length > 0 ? same : here.filter(({ text }) => directive(text) === directive(rule));
        return meant.map(({ at }) => at);
    };
}
//# sourceMappingURL=rule-finder.js.map