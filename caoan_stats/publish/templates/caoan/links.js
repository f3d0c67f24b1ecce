for (const nav of document.querySelectorAll("nav[data-page]"))
  nav.hidden = !decodeURIComponent(location.pathname).endsWith("/" + nav.dataset.page);
