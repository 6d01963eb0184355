/** @jsxRuntime automatic */
import { readManifests, readScenario } from "kubechart";
import { createRoot } from "react-dom/client";

import { PodCards } from "./pod-card.jsx";

const pod = `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: app, image: "registry.example/web:1.0" }] }
`;
const crashes = `
apiVersion: kubechart/v1
kind: Scenario
environment:
  - process: { runs: 5s, exits: 1 }
`;
const { objects } = readManifests([{ file: "web.yaml", text: pod }]);
const { scenario } = readScenario("crashes.yaml", crashes);
const speed = Number(new URLSearchParams(location.search).get("speed") ?? 1);
createRoot(document.querySelector("#root")).render(
  <PodCards objects={objects} scenario={scenario} speed={speed} />,
);
