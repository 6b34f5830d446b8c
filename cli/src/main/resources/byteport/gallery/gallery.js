// Without this script everything is there; it only makes the list shorter.
const filter = document.getElementById("filter");
document.getElementById("filtering").hidden = false;
filter.addEventListener("input", () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const part of document.querySelectorAll("nav section")) {
    let left = 0;
    for (const card of part.querySelectorAll("li")) {
      card.hidden = !words.every((word) => card.dataset.words.includes(word));
      left += card.hidden ? 0 : 1;
    }
    part.hidden = left === 0;
  }
});
