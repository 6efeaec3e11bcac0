// "Copy as citation"; everything else on a reader page works without a script.
const button = document.getElementById("copy");
const citation = document.getElementById("citation-text");
if (button && citation && navigator.clipboard) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(citation.textContent);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2500);
  });
}
