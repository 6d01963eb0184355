import type { Credential } from "../../../machines/apiserver/user-info.ts";
import { field, type Form, listOf, record } from "./form.ts";
import { text } from "./scalar-forms.ts";

/** Who sends a request, as a kubeconfig's user would; nothing at all is nobody in particular. */
export const userForm: Form<Credential> = record(
  "a user",
  {
    name: field(text, "The common name of a client certificate."),
    groups: field(listOf(text, "a list of groups"), "The organizations of the certificate."),
    token: field(text, "A bearer token, as of a bootstrap token's Secret in kube-system."),
    serviceAccount: field(text, "A service account, as `default/builder`."),
  },
  ({ name, groups = [], token, serviceAccount }, { wrong }): Credential => {
    const kinds = [name, token, serviceAccount].filter((one) => one !== undefined);
    if (kinds.length > 1) wrong("name", "one of name, token and serviceAccount", "several");
    if (name === undefined && groups.length > 0) wrong("groups", "the field name beside groups");
    if (name !== undefined) return { type: "certificate", name, groups };
    if (token !== undefined) return { type: "token", token };
    if (serviceAccount === undefined) return { type: "none" };
    const slash = serviceAccount.indexOf("/");
    const namespace = slash < 0 ? "default" : serviceAccount.slice(0, slash);
    return { type: "serviceAccount", namespace, name: serviceAccount.slice(slash + 1) };
  },
);
