"""What a page has left on its device."""

import json

# Everything that a browser can keep for a page.
_KEPT = """
async () => ({
  local: Object.fromEntries(Object.entries(localStorage)),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(({ name }) => name),
  cookies: document.cookie,
  caches: globalThis.caches ? await caches.keys() : [],
  workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
})
"""


def kept(person) -> dict[str, object]:
    """What a device keeps in local storage; anything kept elsewhere is a fault."""
    everything = person.page.evaluate(_KEPT)
    local = everything.pop("local")
    assert everything == {"session": [], "databases": [], "cookies": "", "caches": [], "workers": 0}, (person.name, everything)
    assert person.context.cookies() == [], person.name
    return {key: json.loads(value) for key, value in local.items()}
