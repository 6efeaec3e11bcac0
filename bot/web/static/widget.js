// In the frame of another site's page: a browser that keeps no cookie for frames is known by a token while the page stays.
const asking = document.getElementById("ask");
const answers = document.getElementById("exchanges");
const gate = document.getElementById("gate");

async function begin() {
  const headers = asking.dataset.token ? { "x-danvan-widget": asking.dataset.token } : {};
  const response = await fetch(asking.dataset.conversation, { headers });
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  const state = parsed.getElementById("state");
  if (!state) return;
  gate.hidden = state.dataset.open === "1";
  asking.hidden = !gate.hidden;
  asking.elements.form.value = state.dataset.form;
  answers.replaceChildren(...state.children);
  answers.lastElementChild?.scrollIntoView({ block: "start" });
}

gate.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = new URLSearchParams({ code: gate.elements.code.value });
  const response = await fetch(gate.action, { method: "POST", body });
  if (response.ok) {
    asking.dataset.token = (await response.json()).token;
    await begin();
  } else {
    gate.querySelector("[role=alert]").hidden = false;
  }
});

new MutationObserver(() => {
  for (const link of answers.querySelectorAll("a[href]:not([target])")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
}).observe(answers, { childList: true, subtree: true });

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") parent.postMessage("danvan-close", "*");
});

begin();
