// Draws the flow that the extension sends, in the page that shows it. What cannot be drawn, half-typed as it is, leaves
// what was drawn before.
/* global acquireVsCodeApi, mermaid */
const host = acquireVsCodeApi();
const flow = document.getElementById("flow");
const trouble = document.getElementById("trouble");
let drawn = 0;

window.addEventListener("message", async ({ data }) => {
  trouble.textContent = data.trouble ?? "";
  if (data.diagram === undefined) {
    return;
  }
  const { classList } = document.body;
  const dark = classList.contains("vscode-dark") || classList.contains("vscode-high-contrast");
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: dark ? "dark" : "default" });
  try {
    const { svg } = await mermaid.render(`flow${drawn++}`, data.diagram);
    flow.innerHTML = svg;
  } catch (failure) {
    trouble.textContent = String(failure);
  }
});

host.postMessage({ ready: true });
