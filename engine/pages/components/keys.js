// Keyboard for the study page. A key presses a button that is on the page: the nth button, radio
// or checkbox inside the container whose Streamlit key is given. So the keyboard and the mouse
// take one way, and whatever guards the one guards the other.
//
// data: {presentation, refusals, start, revealed, text, slider, pick: container|null,
//        sure: container|null, press: {key: container}, rate: container|null, menu: {key: container}}
const installed = new WeakMap()
// What stands on the page. Streamlit may mount the component anew under the same presentation,
// which is no reason to scroll or to forget the stage.
let standing = null

const isText = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable ||
    element.tagName === "TEXTAREA" ||
    element.tagName === "SELECT" ||
    (element.tagName === "INPUT" && !["radio", "checkbox", "button", "range"].includes(element.type)))

const inside = (key) => document.querySelector(`.st-key-${key}`)

const controls = (key) =>
  Array.from(
    inside(key)?.querySelectorAll(
      'button:not([disabled]), input[type="radio"], input[type="checkbox"]'
    ) ?? []
  )

const slider = (data) =>
  data.slider ? inside(data.slider)?.querySelector('[role="slider"]') ?? null : null

const summaries = (key) => Array.from(inside(key)?.querySelectorAll("summary") ?? [])

// While keys are taken over that came before this component: what they could press then.
let shownThen = null
const wasShown = (control) => !shownThen || shownThen.has(control)

// The next expander that is closed; a lone one is closed again by the same key.
const unfold = (all) => {
  const closed = all.find((summary) => !summary.parentElement.open)
  const summary = closed ?? (all.length === 1 ? all[0] : null)
  if (summary && wasShown(summary)) summary.click()
  return true
}

const pressNth = (key, nth) => {
  const control = controls(key)[nth]
  if (!control || !wasShown(control)) return false
  control.click()
  return true
}

const dialogOpen = () =>
  document.querySelector('[role="dialog"], [data-testid="stPopoverBody"]') !== null

// A menu that is open has keys of its own; what is typed into a field of a dialog is no key.
function inMenu({ data }, event) {
  if (isText(event.composedPath()[0])) return
  const container = data.menu?.[letterOf(event.key, event.code)]
  if (!container || !pressNth(container, 0)) return
  event.preventDefault()
  event.stopPropagation()
}

function setStage(state, stage) {
  state.stage = stage
  if (standing?.state === state) standing.stage = stage
  const bar = state.data.sure ? inside(state.data.sure) : null
  if (bar) bar.toggleAttribute("data-armed", stage === "sure")
}

// Enter and Space belong to a control that was reached with the keyboard. One that was clicked
// keeps the focus only because the browser leaves it there.
const MOVES = ["Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]
const MODIFIERS = ["Shift", "Control", "Alt", "Meta"]

function onKey(state, event) {
  const { data } = state
  state.settling = false
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
  // While a Korean syllable is being composed every key belongs to the input method.
  if (event.isComposing || event.keyCode === 229) return
  if (dialogOpen()) return inMenu(state, event)
  if (MODIFIERS.includes(event.key)) return
  const reached = state.moved
  state.moved = MOVES.includes(event.key)
  const target = event.composedPath()[0]
  const field = data.text ? inside(data.text)?.querySelector("input") : null
  const stop = () => {
    event.preventDefault()
    event.stopPropagation()
  }
  if (isText(target)) {
    if (target === field && onField(state, event, field)) stop()
    return
  }
  if (event.key.startsWith("Arrow") && takesArrows(target)) return
  const onControl =
    target instanceof HTMLElement && target.closest("button, a, summary") !== null
  const presses = event.key === "Enter" || event.key === " "
  if (onControl && reached && presses) return
  if (handle(state, event.key, event.code, field)) stop()
  else if (field && state.stage === "answer" && event.key.length === 1 && !presses)
    toField(data, target, field, event.key)
  else {
    if (presses && target.closest?.("summary")) stop()
    if (!shownThen) keep(event)
  }
}

// A slider moves by them, options are gone through, and what is wider than its place scrolls.
const ARROWED = '[role="slider"], [role="radio"], [role="tab"], [role="option"], [role="listbox"], input'

const takesArrows = (target) =>
  target instanceof Element &&
  (target.closest(ARROWED) !== null || target.scrollWidth > target.clientWidth + 1) &&
  target !== document.body

// ---- keys that come before what they press has its handler ------------------------------------

// Before the page's first: see engine/early_keys.js. Later, a question can stand on the page a moment
// before its keys are known here.
const MOST = 5
const LONGEST = { early: 20_000, kept: 1500 } // ms

let kept = []

function keep(event) {
  const { key, code } = event
  const shown = new Set(document.querySelectorAll(".st-key-item :is(button, input, summary)"))
  kept = [...kept, { key, code, path: event.composedPath(), at: performance.now(), shown }].slice(-MOST)
}

function takeOver(state) {
  const early = window.simcardsEarly
  if (!early) return
  delete window.simcardsEarly
  early.stop()
  again(state, early.keys, LONGEST.early)
  state.moved = early.moved
}

// What was not on the page yet when a key was pressed is not pressed, and what was meant for
// something that is gone, or long ago, is forgotten.
function again(state, keys, longest) {
  const nothing = () => {}
  const ignored = { preventDefault: nothing, stopPropagation: nothing }
  for (const { path, shown, at, ...key } of keys) {
    const isThere = [...shown].some((control) => control.isConnected)
    if (!isThere || performance.now() - at > longest) continue
    shownThen = shown
    onKey(state, { ...key, ...ignored, composedPath: () => path })
  }
  shownThen = null
}

// What is written where nothing else would hear it: the browser puts it into the field.
function toField(data, target, field, key) {
  const axis = slider(data)
  if (axis?.contains(target)) return // it does so itself
  const again = document.activeElement === field // which only keys that are taken over find
  field.focus()
  if (axis && !again) field.select()
  else field.setSelectionRange(field.value.length, field.value.length)
  if (shownThen?.has(field)) document.execCommand("insertText", false, key)
}

function onField(state, event, field) {
  if (event.key === "Enter") {
    field.blur() // hands the text to Streamlit
    setStage(state, "sure")
    return true
  }
  // No number begins with a letter that is a key.
  const container = field.value === "" ? state.data.press?.[letterOf(event.key, event.code)] : null
  return container ? press(container) : false
}

// The physical key too: with a Korean layout on, "u" arrives as "ㅕ".
const letterOf = (key, code) => (/^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key)

const press = (container) => {
  const all = summaries(container)
  return all.length ? unfold(all) : pressNth(container, 0)
}

function handle(state, key, code, field) {
  const { data } = state
  const digit = /^[1-9]$/.test(key) ? Number(key) - 1 : null
  if (digit !== null && data.rate) return pressNth(data.rate, digit)
  if (digit !== null && data.sure && state.stage === "sure") {
    return pressNth(data.sure, digit)
  }
  if (digit !== null && data.pick) return pressNth(data.pick, digit)
  if (key === "Enter" && data.sure && state.stage !== "sure") {
    if (![...(inside(data.sure)?.querySelectorAll("button") ?? [])].some(wasShown)) return false
    setStage(state, "sure")
    return true
  }
  if (key === "Escape" && data.sure && state.stage === "sure") {
    setStage(state, "answer")
    begin(state)
    return true
  }
  const name = key === " " ? "Space" : key
  const container = data.press?.[name] ?? data.press?.[letterOf(key, code)]
  return container ? press(container) : false
}

// Where the keys expect the focus: the field or its slider, else what was asked; of what has a
// heading the heading, which a screen reader then says.
const beginning = ({ data }) => {
  const field = data.text ? inside(data.text)?.querySelector("input") : null
  if (field?.value) return field
  return slider(data) ?? field ?? (data.text ? null : heading(data.start) ?? inside("item"))
}

const heading = (key) => inside(key)?.querySelector("h1, h2") ?? inside(key)

function begin(state) {
  const start = beginning(state)
  if (!start) return false
  if (!start.matches("input, [role='slider']")) start.tabIndex = -1
  start.focus({ preventScroll: true })
  return true
}

const SETTLING = 20 // looks, 30 ms apart
const SETTLED = 14

// What is shown may be drawn a moment after this component, and the old control that had the
// focus may go only then. Whoever presses or points meanwhile is left alone.
function settle(state, left) {
  if (!state.settling || left === 0) return
  if (state.arriving && left > SETTLED) toTheTop(state.data)
  const start = beginning(state)
  if (!start || document.activeElement !== start) begin(state)
  setTimeout(() => settle(state, left - 1), 30)
}

function toTheTop(data) {
  const main = document.querySelector('[data-testid="stMain"]')
  if (main) main.scrollTop = 0
  if (data.revealed) inside(data.revealed)?.scrollIntoView({ block: "nearest" })
}

export default function (component) {
  const { data, parentElement } = component
  let state = installed.get(parentElement)
  if (!state) {
    state = { data: {}, stage: standing?.stage ?? "answer", moved: false, settling: false }
    state.listener = (event) => onKey(state, event)
    state.pointed = () => {
      state.moved = state.settling = false
    }
    document.addEventListener("keydown", state.listener, true)
    document.addEventListener("pointerdown", state.pointed, true)
    installed.set(parentElement, state)
  }
  const fresh = standing?.presentation !== data.presentation
  const refused = !fresh && standing.refusals !== data.refusals
  state.data = data
  standing = { presentation: data.presentation, refusals: data.refusals, stage: state.stage, state }
  if (fresh || refused) {
    setStage(state, data.text || data.pick ? "answer" : "sure")
    state.moved = false
    state.settling = true
    state.arriving = fresh
    settle(state, SETTLING)
  }
  setStage(state, state.stage)
  takeOver(state)
  if (fresh) again(state, kept.splice(0), LONGEST.kept)
  return () => {
    document.removeEventListener("keydown", state.listener, true)
    document.removeEventListener("pointerdown", state.pointed, true)
    installed.delete(parentElement)
    state.settling = false
    // Another page of the app came, unless the component is mounted anew at once.
    setTimeout(() => {
      if (standing?.state === state) standing = null
    }, 300)
  }
}
