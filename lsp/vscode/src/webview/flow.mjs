// Draws the flow that the extension sends, in the page that shows it.
/* global acquireVsCodeApi, mermaid */
const host = acquireVsCodeApi();
const place = document.getElementById("flow");
let drawn = 0;

window.addEventListener("message", async ({ data }) => {
  const dark = document.body.classList.contains("vscode-dark") || document.body.classList.contains("vscode-high-contrast");
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: dark ? "dark" : "default" });
  try {
    const { svg } = await mermaid.render(`flow${drawn++}`, data.diagram);
    place.innerHTML = svg;
  } catch (failure) {
    place.textContent = String(failure);
  }
});

host.postMessage({ ready: true });
