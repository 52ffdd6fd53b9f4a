// Keys that are pressed before the key handler (pages/components/keys.js) is there. It is the last
// to come: on a busy machine what it presses stands on the page for half a second by then. Here
// they wait for it, each with what could be pressed when it came. What the browser does with a key
// by itself (writing into a field, pressing a control that was reached with the keyboard) it does
// once; what the handler would keep from it is kept from it here too.
{
  const MOVES = ["Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]
  const MODIFIERS = ["Shift", "Control", "Alt", "Meta"]
  const MOST = 20
  const FIELD = "textarea, select, input:not([type=radio], [type=checkbox], [type=button])"
  const early = { keys: [], moved: false }

  const keep = (event) => {
    event.preventDefault()
    event.stopPropagation()
  }

  const hear = (event) => {
    const { key, code, repeat, ctrlKey, metaKey, altKey, isComposing, keyCode } = event
    if (repeat || ctrlKey || metaKey || altKey || isComposing || keyCode === 229) return
    if (MODIFIERS.includes(key)) return
    const reached = early.moved
    early.moved = MOVES.includes(key)
    const shown = document.querySelectorAll(".st-key-item :is(button, input, summary)")
    if (shown.length === 0 || early.keys.length >= MOST) return
    const target = event.composedPath()[0]
    const presses = key === "Enter" || key === " "
    if (target.isContentEditable || target.matches?.(FIELD)) {
      if (key !== "Enter" || !target.closest(".st-key-answer")) return
      target.blur() // hands the text to Streamlit; what follows is none of it
      keep(event)
    } else if (presses && target.closest?.("button, a, summary")) {
      if (reached) return
      keep(event)
    }
    const told = { key, code, repeat, ctrlKey, metaKey, altKey, isComposing, keyCode }
    const path = event.composedPath()
    early.keys.push({ ...told, path, at: performance.now(), shown: new Set(shown) })
  }
  const point = () => {
    early.moved = false
  }
  early.stop = () => {
    removeEventListener("keydown", hear, true)
    removeEventListener("pointerdown", point, true)
  }
  addEventListener("keydown", hear, true)
  addEventListener("pointerdown", point, true)
  window.simcardsEarly = early
}
