document.documentElement.lang = "vi";
// A file that is dropped anywhere is taken as if the button that chooses files had chosen it.
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  const click = HTMLInputElement.prototype.click;
  HTMLInputElement.prototype.click = function () {
    this.files = event.dataTransfer.files;
    this.dispatchEvent(new Event("change"));
  };
  document.querySelector(".widget-upload").click();
  HTMLInputElement.prototype.click = click;
});
// JupyterLab calls the page a feed of code; ipywidgets counts files in the name of the button.
const mend = () => {
  const title = document.querySelector(".jp-OutputArea h1")?.textContent;
  if (title && document.title !== title) document.title = title;
  for (const each of document.querySelectorAll("[role=feed], .jp-Cell[aria-label]"))
    for (const name of ["role", "aria-label"]) each.removeAttribute(name);
  for (const each of document.querySelectorAll(".desk-status")) {
    each.role = "status";
    each.tabIndex = -1;
  }
  for (const { lastChild } of document.querySelectorAll(".widget-upload")) {
    const name = lastChild?.data?.replace(/ \(\d+\)$/, "");
    if (name && name !== lastChild.data) lastChild.data = name;
  }
  for (const each of document.querySelectorAll(".desk-asked")) nameAnswers(each);
  const closed = document.querySelector(".desk-words");
  if (closed && document.querySelector(".jp-Dialog") && !document.querySelector(".desk-closed")) {
    const shown = document.body.appendChild(document.createElement("p"));
    Object.assign(shown, { className: "desk-closed", role: "alert", textContent: closed.textContent });
  }
};
// Each answer is named by what it answers, as there may be many on the page.
const nameAnswers = (box) => {
  const [place, what] = ["h3", "p"].map((each) => box.querySelector(each)?.textContent);
  const about = `${place}: ${what}`;
  Object.assign(box, { role: "group", ariaLabel: about });
  for (const each of box.querySelectorAll(".widget-radio-box"))
    Object.assign(each, { role: "radiogroup", ariaLabel: about });
  for (const each of box.querySelectorAll("input:not([type=radio])")) {
    const words = each.closest(".jupyter-widgets").textContent.replace("\u200b", "").trim();
    each.ariaLabel = `${words}: ${what}`;
    if (each.type === "text") each.ariaRequired = "true";
  }
};
// A button that rests or goes hands the focus to what the step says.
const handOn = (records) => {
  for (const { target } of records)
    if (target.disabled && target === document.activeElement) {
      let box = target;
      while (box && !box.querySelector(".desk-status")) box = box.parentElement;
      box?.querySelector(".desk-status").focus();
    }
};
new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
new MutationObserver(handOn).observe(document.body, { subtree: true, attributeFilter: ["disabled"] });
mend();
