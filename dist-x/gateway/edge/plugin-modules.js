var __rewriteRelativeImportExtension = (this && this.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
import { pathToFileURL } from 'node:url';
/** Loads the user's plugin modules; each exports a list `plugins`. All problems at once, each with the module's path. */
export async function loadPlugins(paths) {
    const plugins = [];
    const problems = [];
    for (const path of paths) {
        const loaded = await pluginsIn(path);
        if (typeof loaded === 'string')
            problems.push(loaded);
        else
            plugins.push(...loaded);
    }
    return problems.length === 0 ? { ok: true, plugins } : { ok: false, problems };
}
async function pluginsIn(path) {
    let module;
    try {
        module = await import(__rewriteRelativeImportExtension(pathToFileURL(path).href));
    }
    catch (error) {
        return `the plugin ${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`;
    }
    const list = module.plugins;
    if (Array.isArray(list) && list.every((one) => typeof one === 'object' && one !== null)) {
        return list;
    }
    return `the plugin ${path} has to export a list "plugins" of Apollo Server plugins`;
}
//# sourceMappingURL=plugin-modules.js.map