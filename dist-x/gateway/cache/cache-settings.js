export function settingsOf(settings, subgraph) {
    const own = Object.hasOwn(settings.subgraphs, subgraph) ? settings.subgraphs[subgraph] : undefined;
    return { ...settings.all, ...own, types: { ...settings.all.types, ...own?.types } };
}
//# sourceMappingURL=cache-settings.js.map