// Texts whose contrast with what is behind them is less than WCAG 2.2 AA asks for: 4.5, or 3 where they are large.
const parse = (css) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
};
const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const luminance = (color) => {
  const [r, g, b] = color.slice(0, 3).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  const layers = [];
  for (let each = element; each; each = each.parentElement) layers.push(parse(getComputedStyle(each).backgroundColor));
  return layers.reverse().reduce((below, top) => over(top, below), parse("Canvas"));
};
const cache = new Map();
const found = [];
for (const element of document.querySelectorAll("body *")) {
  const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim() !== "");
  if (!own || !element.checkVisibility() || element.closest(".hidden, .skip-link, option, [disabled]")) continue;
  const style = getComputedStyle(element);
  const back = behind(element);
  const key = style.color + back.join();
  if (!cache.has(key)) {
    const [high, low] = [luminance(over(parse(style.color), back)), luminance(back)].sort((x, y) => y - x);
    cache.set(key, (high + 0.05) / (low + 0.05));
  }
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const ratio = cache.get(key);
  if (ratio < (large ? 3 : 4.5)) found.push(ratio.toFixed(2) + " <" + element.localName + " class=" + element.className + "> " + element.textContent.trim().slice(0, 40));
}
return [String(cache.size)].concat(found);
