// Keys that are pressed before the key handler (pages/components/keys.js) is there. It is the last
// to come: on a busy machine what it presses stands on the page for half a second by then. Here
// they wait for it, each with what could be pressed when it came.
{
  const early = { keys: [] }
  const hear = (event) => {
    const shown = document.querySelectorAll(".st-key-item :is(button, input, summary)")
    if (shown.length === 0 || early.keys.length >= 20) return
    const { key, code, repeat, ctrlKey, metaKey, altKey, isComposing, keyCode } = event
    const told = { key, code, repeat, ctrlKey, metaKey, altKey, isComposing, keyCode }
    early.keys.push({ ...told, path: event.composedPath(), shown: new Set(shown) })
  }
  early.stop = () => removeEventListener("keydown", hear, true)
  addEventListener("keydown", hear, true)
  window.simcardsEarly = early
}
