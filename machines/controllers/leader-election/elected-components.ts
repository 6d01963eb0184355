/** The programs of which a control plane may have several; one at a time acts. */
export const electedComponents = ["kube-controller-manager", "kube-scheduler"] as const;

export type ElectedComponent = (typeof electedComponents)[number];
