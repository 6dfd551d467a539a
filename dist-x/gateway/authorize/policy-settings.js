import { policyModule } from "./policy-module.js";
import { policyService } from "./policy-service.js";
/** Starts what decides policies; close it when it is replaced. */
export function policyJudge(settings, tools) {
    if (settings === undefined)
        return undefined;
    return settings.kind === 'module' ? policyModule(settings, tools) : policyService(settings, tools);
}
//# sourceMappingURL=policy-settings.js.map