// Makes a text area of Streamlit live: what is typed reaches the server after a pause, without
// losing the cursor or a keystroke. The text area itself stays the one truth; this only presses
// Ctrl+Enter in it, which hands its text over, inserts at the cursor, and jumps to a line.
//
// data: {container, pause, save: container of the save button,
//        insert: {nonce, text}, line: {nonce, number}}
const installed = new WeakMap()

const areaIn = (key) => document.querySelector(`.st-key-${key} textarea`)

const handOver = (area) =>
  area.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true })
  )

function onInput(state, event) {
  const area = areaIn(state.data.container)
  if (!area || event.target !== area) return
  clearTimeout(state.timer)
  clearTimeout(state.saving) // somebody who types on does not want that saved
  // A syllable that is still being composed is handed over once it is whole.
  const wait = () => {
    if (state.composing) state.timer = setTimeout(wait, state.data.pause)
    else handOver(area)
  }
  state.timer = setTimeout(wait, state.data.pause)
}

function onKey(state, event) {
  if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyS") return
  const button = document.querySelector(`.st-key-${state.data.save} button`)
  if (!button) return
  event.preventDefault()
  event.stopPropagation()
  const area = areaIn(state.data.container)
  clearTimeout(state.timer)
  if (area) handOver(area)
  clearTimeout(state.saving)
  // What was only just typed has to reach the server before there is anything to save.
  const press = (left) => {
    const now = document.querySelector(`.st-key-${state.data.save} button`)
    if (now && !now.disabled) now.click()
    else if (left > 0) state.saving = setTimeout(() => press(left - 1), 50)
  }
  state.saving = setTimeout(() => press(60), 50)
}

function insert(area, text) {
  area.focus()
  const before = area.value.slice(0, area.selectionStart)
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n"
  // execCommand keeps the browser's own undo; it is the only way that does.
  if (!document.execCommand("insertText", false, gap + text)) {
    area.setRangeText(gap + text, area.selectionStart, area.selectionEnd, "end")
    area.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

function jump(area, number) {
  const lines = area.value.split("\n")
  const at = Math.min(Math.max(number, 1), lines.length) - 1
  const start = lines.slice(0, at).join("\n").length + (at > 0 ? 1 : 0)
  area.focus()
  area.setSelectionRange(start, start + lines[at].length)
  // The line in the middle of the area, as well as wrapped lines allow.
  area.scrollTop = (area.scrollHeight * at) / lines.length - area.clientHeight / 2
}

// Orders that were carried out, by container: they outlive the component, which is made anew when
// somebody comes back to the text from another view.
const carriedOut = (window.simcardsOrders ??= {})

const once = (state, name, act) => {
  const order = state.data[name]
  if (!order) return
  const done = (carriedOut[state.data.container] ??= {})
  const before = done[name] ?? 0
  done[name] = order.nonce
  if (order.nonce === 0 || order.nonce === before) return
  const tryIt = (left) => {
    const area = areaIn(state.data.container)
    if (area) act(area, order)
    else if (left > 0) setTimeout(() => tryIt(left - 1), 40)
  }
  tryIt(20)
}

export default function (component) {
  const { data, parentElement } = component
  let state = installed.get(parentElement)
  if (!state) {
    state = { data, composing: false, timer: 0, saving: 0 }
    state.input = (event) => onInput(state, event)
    state.key = (event) => onKey(state, event)
    state.begin = () => (state.composing = true)
    state.end = () => (state.composing = false)
    document.addEventListener("input", state.input, true)
    document.addEventListener("keydown", state.key, true)
    document.addEventListener("compositionstart", state.begin, true)
    document.addEventListener("compositionend", state.end, true)
    installed.set(parentElement, state)
  }
  state.data = data
  once(state, "insert", (area, order) => insert(area, order.text))
  once(state, "line", (area, order) => jump(area, order.number))
  return () => {
    clearTimeout(state.timer)
    clearTimeout(state.saving)
    document.removeEventListener("input", state.input, true)
    document.removeEventListener("keydown", state.key, true)
    document.removeEventListener("compositionstart", state.begin, true)
    document.removeEventListener("compositionend", state.end, true)
    installed.delete(parentElement)
  }
}
