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
  for (const each of document.querySelectorAll("[role=feed], .jp-Cell[aria-label]"))
    for (const name of ["role", "aria-label"]) each.removeAttribute(name);
  for (const each of document.querySelectorAll(".desk-status")) each.role = "status";
  for (const { lastChild } of document.querySelectorAll(".widget-upload")) {
    const name = lastChild?.data?.replace(/ \(\d+\)$/, "");
    if (name && name !== lastChild.data) lastChild.data = name;
  }
};
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
mend();
