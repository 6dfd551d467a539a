import pc from 'picocolors';
/** Colours, or none. */
export function paintFor(colour) {
    const { red, yellow, green, dim, bold } = pc.createColors(colour);
    return { red, yellow, green, dim, bold };
}
//# sourceMappingURL=surroundings.js.map