// On a page of another site: a button that opens the questions and answers of this one in a frame.
(() => {
  const script = document.currentScript;
  const language = script.dataset.language === "en" ? "en" : "vi";
  const label = script.dataset.label || (language === "en" ? "Ask the documents" : "Hỏi đáp văn bản");
  const close = language === "en" ? "Close" : "Đóng";
  const address = new URL(`widget?language=${language}`, script.src);

  function styled(element, style) {
    Object.assign(element.style, style);
    return element;
  }

  const place = styled(document.createElement("div"), {
    position: "fixed", right: "1rem", bottom: "1rem", zIndex: "2147483000", display: "flex", flexDirection: "column",
    alignItems: "flex-end", gap: ".6rem", maxWidth: "calc(100vw - 2rem)",
  });
  const button = styled(document.createElement("button"), {
    font: "600 16px/1.3 system-ui, sans-serif", color: "#fff", background: "#8f1d1d", border: "0", borderRadius: "24px",
    padding: "12px 20px", cursor: "pointer", boxShadow: "0 2px 10px rgba(0, 0, 0, .25)",
  });
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");
  let frame = null;

  function toggle(open) {
    if (open && !frame) {
      frame = styled(document.createElement("iframe"), {
        width: "400px", height: "620px", maxWidth: "100%", maxHeight: "calc(100vh - 6rem)", border: "1px solid #cfc8ba",
        borderRadius: "12px", background: "#fdfcf9", boxShadow: "0 6px 30px rgba(0, 0, 0, .25)", colorScheme: "normal",
      });
      frame.src = address.href;
      frame.title = label;
      place.prepend(frame);
    }
    if (frame) frame.style.display = open ? "block" : "none";
    button.textContent = open ? close : label;
    button.setAttribute("aria-expanded", String(open));
    if (open) frame.focus();
    else button.focus();
  }

  button.addEventListener("click", () => toggle(button.getAttribute("aria-expanded") !== "true"));
  window.addEventListener("message", (event) => {
    if (frame && event.source === frame.contentWindow && event.origin === address.origin && event.data === "danvan-close") {
      toggle(false);
    }
  });
  place.append(button);
  if (document.body) document.body.append(place);
  else document.addEventListener("DOMContentLoaded", () => document.body.append(place));
})();
